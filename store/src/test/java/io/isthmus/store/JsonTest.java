package io.isthmus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.core.side.StepError;
import io.isthmus.core.site.Site;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class JsonTest {
    private static final String ERROR =
            "{\"at\":\"2026-01-01T12:00:00Z\",\"code\":\"c\",\"detail\":\"d\",\"hint\":\"h\",\"step\":\"s\"}";

    @Test
    void namesAreInSnakeCaseAndTimesInRfc3339() {
        assertThat(Json.write(Examples.site(Examples.B)))
                .contains(
                        "\"failure_domains\"", "\"kind\":\"region\"", "\"vlan_range\":\"2000-2999\"", "\"cell\":null");
        assertThat(Json.read(ERROR, StepError.class))
                .isEqualTo(new StepError("s", "c", "d", "h", Instant.parse("2026-01-01T12:00:00Z")));
    }

    @Test
    void whatIsUnknownOrMissingIsRefused() {
        assertThatThrownBy(() -> Json.read(ERROR.replace("hint", "tip"), StepError.class))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Json.read(ERROR.replace("\"h\"", "null"), StepError.class))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Json.read("{}", Site.class)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Json.read(ERROR + "x", StepError.class)).isInstanceOf(IllegalStateException.class);
    }
}
