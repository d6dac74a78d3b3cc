package io.isthmus.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class JsonLogTest {
    @Test
    void aLineIsOneObjectWithTimeLevelLoggerMessageAndRequestId() {
        var context = new LoggerContext();
        var logger = context.getLogger("io.isthmus.Example");
        var event = new LoggingEvent(
                "x", logger, Level.WARN, "site {} says \"no\"\n", new IllegalStateException("why"), new Object[] {"b"});
        event.setMDCPropertyMap(Map.of("request_id", "req-1"));
        var text = new String(JsonLog.encoder(context).encode(event), StandardCharsets.UTF_8);
        assertThat(text.strip().lines()).hasSize(1);
        var line = JsonMapper.shared().readTree(text);
        assertThat(line.path("timestamp").isNumber()).isTrue();
        assertThat(line.path("level").asString()).isEqualTo("WARN");
        assertThat(line.path("loggerName").asString()).isEqualTo("io.isthmus.Example");
        assertThat(line.path("formattedMessage").asString()).isEqualTo("site b says \"no\"\n");
        assertThat(line.at("/mdc/request_id").asString()).isEqualTo("req-1");
        assertThat(line.at("/throwable/message").asString()).isEqualTo("why");
    }
}
