package io.isthmus.server.tracing;

import io.isthmus.southbound.Traced;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Sends this node's spans to an OpenTelemetry collector (OTLP over HTTP). A collector that is slow or gone costs spans, never
 * requests: at most {@value #WAITING} wait.
 */
public final class Tracing implements AutoCloseable {
    private static final int WAITING = 2_048;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int LONGEST_TEXT = 500;

    private final SdkTracerProvider provider;
    private final Traced.Use use;

    private Tracing(SdkTracerProvider provider) {
        this.provider = provider;
        this.use = Traced.use(provider.get("io.isthmus"));
    }

    /** @param collector without a path, as in {@code OTEL_EXPORTER_OTLP_ENDPOINT} */
    public static Tracing to(URI collector) {
        var base = collector.toString().replaceAll("/+$", "");
        return to(OtlpHttpSpanExporter.builder()
                .setEndpoint(base + "/v1/traces")
                .setTimeout(LIMIT)
                .build());
    }

    static Tracing to(SpanExporter exporter) {
        var resource = Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "isthmus"));
        return new Tracing(SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(resource))
                .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxAttributeValueLength(LONGEST_TEXT)
                        .build())
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(WAITING)
                        .setExporterTimeout(LIMIT)
                        .setScheduleDelay(Duration.ofSeconds(1))
                        .build())
                .build());
    }

    /** Sends what waits, within a limit. */
    @Override
    public void close() {
        use.close();
        provider.shutdown().join(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
