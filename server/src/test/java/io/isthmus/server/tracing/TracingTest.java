package io.isthmus.server.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isthmus.server.NodeWorld;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TracingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private final List<SpanData> spans = new CopyOnWriteArrayList<>();

    /** Keeps what it is given. */
    private final class Kept implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> batch) {
            spans.addAll(batch);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    @Test
    void aConnectionIsOneTraceFromItsOrderToEachCallAtBothSides(@TempDir Path folder) {
        try (var tracing = Tracing.to(new Kept());
                var world = new NodeWorld(folder, said -> {}).described()) {
            assertThat(tracing).isNotNull();
            var id = world.connect("10.64.0.0/24", "traceparent", PARENT);
            world.waitFor(id, "active");
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                var calls = ofTheTrace().stream()
                        .filter(span -> span.getKind() == SpanKind.CLIENT)
                        .toList();
                assertThat(names(calls)).contains("POST /v2.0/networks", "POST /v2.0/subnets", "ssh");
                assertThat(calls.stream().filter(span -> span.getName().equals("POST /v2.0/networks")))
                        .as("one network at each side")
                        .hasSize(2);
                assertThat(calls.stream()
                                .filter(span -> span.getName().equals("ssh"))
                                .map(TracingTest::server)
                                .distinct())
                        .hasSize(2);
            });
            everySpanBelongsToAnother();
            world.restart();
            world.delete(id);
        }
        assertThat(spans).noneMatch(span -> span.getAttributes().toString().contains("planted"));
    }

    /** Nothing stands alone in the trace but the call of the order, whose parent is the caller's. */
    private void everySpanBelongsToAnother() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Map<String, SpanData> byId =
                    ofTheTrace().stream().collect(Collectors.toMap(SpanData::getSpanId, Function.identity()));
            assertThat(byId.values().stream().filter(span -> !byId.containsKey(span.getParentSpanId())))
                    .singleElement()
                    .satisfies(span -> {
                        assertThat(span.getName()).isEqualTo("POST /v1/connections");
                        assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
                    });
        });
    }

    private List<SpanData> ofTheTrace() {
        return spans.stream().filter(span -> span.getTraceId().equals(TRACE)).toList();
    }

    private static List<String> names(List<SpanData> some) {
        return some.stream().map(SpanData::getName).toList();
    }

    private static String server(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .filter(entry -> entry.getKey().getKey().equals("server.address"))
                .map(entry -> entry.getValue().toString())
                .findFirst()
                .orElseThrow();
    }
}
