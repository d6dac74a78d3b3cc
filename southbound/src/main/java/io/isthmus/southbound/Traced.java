package io.isthmus.southbound;

import io.isthmus.core.request.TraceParent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A piece of work as a span. Until {@link #use} names a tracer nothing is traced, and this costs next to nothing. Work that is
 * not part of a trace, such as the rounds of the patrol, makes no spans of its own.
 *
 * <p>What goes into a span is seen by whoever reads traces: no header, no body, no script.
 */
public final class Traced implements AutoCloseable {
    private static final Tracer NONE = OpenTelemetry.noop().getTracer("io.isthmus");
    private static final AtomicReference<Tracer> TRACER = new AtomicReference<>(NONE);

    private final Span span;

    private Traced(Span span) {
        this.span = span;
    }

    /** Until when a tracer is used. */
    public interface Use extends AutoCloseable {
        @Override
        void close();
    }

    /** Spans go to this tracer until the end of what is answered. */
    public static Use use(Tracer tracer) {
        TRACER.set(tracer);
        return () -> TRACER.compareAndSet(tracer, NONE);
    }

    /** The work that a caller asked for; {@code parent} is the traceparent that they sent, if any. */
    public static Traced request(String name, Optional<String> parent) {
        return new Traced(within(TRACER.get().spanBuilder(name).setSpanKind(SpanKind.SERVER), parent)
                .startSpan());
    }

    /** Work of this node within the current trace; where there is none, no span. */
    public static Traced work(String name, Map<String, String> attributes) {
        return begin(name, SpanKind.INTERNAL, attributes);
    }

    /** A call to the outside within the current trace; where there is none, no span. */
    public static Traced call(String name, Map<String, String> attributes) {
        return begin(name, SpanKind.CLIENT, attributes);
    }

    private static Traced begin(String name, SpanKind kind, Map<String, String> attributes) {
        var parent = TraceParent.find();
        if (parent.isEmpty()) {
            return new Traced(Span.getInvalid());
        }
        var builder = within(TRACER.get().spanBuilder(name).setSpanKind(kind), parent);
        attributes.forEach(builder::setAttribute);
        return new Traced(builder.startSpan());
    }

    private static SpanBuilder within(SpanBuilder builder, Optional<String> parent) {
        return parent.filter(TraceParent::isOne)
                .map(text -> builder.setParent(Context.root().with(Span.wrap(contextOf(text)))))
                .orElseGet(builder::setNoParent);
    }

    private static SpanContext contextOf(String traceParent) {
        return SpanContext.createFromRemoteParent(
                traceParent.substring(3, 35),
                traceParent.substring(36, 52),
                TraceFlags.fromHex(traceParent, 53),
                TraceState.getDefault());
    }

    /** For others to make their spans below this one; empty where it is not traced. */
    public Optional<String> traceParent() {
        var context = span.getSpanContext();
        return context.isValid()
                ? Optional.of("00-%s-%s-%s"
                        .formatted(
                                context.getTraceId(),
                                context.getSpanId(),
                                context.getTraceFlags().asHex()))
                : Optional.empty();
    }

    public void note(String attribute, long value) {
        span.setAttribute(attribute, value);
    }

    public void note(String attribute, String value) {
        span.setAttribute(attribute, value);
    }

    /** It went wrong; {@code why} is a word, such as a status or a code. */
    public void failed(String why) {
        span.setAttribute("error.type", why);
        span.setStatus(StatusCode.ERROR);
    }

    @Override
    public void close() {
        span.end();
    }
}
