package io.isthmus.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.request.RequestId;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

final class UnderRequestTest {
    private static final String ID = "req-" + new UUID(1, 2);

    private record Both(Optional<String> one, Optional<String> other) {}

    private static Both both() throws InterruptedException {
        return Parallel.two(UnderRequestTest::seen, UnderRequestTest::seen, Both::new);
    }

    @Test
    void bothPartsOfAParallelPieceOfWorkAreDoneForTheSameRequest() throws Exception {
        MDC.put("request_id", ID);
        try {
            Both seen = ScopedValue.where(RequestId.CURRENT, ID).call(UnderRequestTest::both);
            assertThat(seen).isEqualTo(new Both(Optional.of(ID + " " + ID), Optional.of(ID + " " + ID)));
        } finally {
            MDC.remove("request_id");
        }
        assertThat(both()).isEqualTo(new Both(Optional.empty(), Optional.empty()));
    }

    private static Optional<String> seen() {
        return RequestId.find().map(id -> id + " " + MDC.get("request_id"));
    }
}
