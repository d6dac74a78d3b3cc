package io.isthmus.server.tracing;

import io.isthmus.southbound.Traced;
import java.util.Optional;

/** A request to the API as a span: part of its caller's trace, or the first of one. */
public final class RequestSpan implements AutoCloseable {
    private static final String STATUS = "http.response.status_code";

    private final Traced traced;

    private RequestSpan(Traced traced) {
        this.traced = traced;
    }

    /** @param parent the traceparent that the caller sent */
    public static RequestSpan begin(String method, String route, String requestId, Optional<String> parent) {
        var traced = Traced.request(method + " " + route, parent);
        traced.note("http.request.method", method);
        traced.note("http.route", route);
        traced.note("isthmus.request_id", requestId);
        return new RequestSpan(traced);
    }

    /** For what the request causes; empty where nobody traces. */
    public Optional<String> traceParent() {
        return traced.traceParent();
    }

    public void answered(int status) {
        traced.note(STATUS, status);
    }

    public void refused(int status, String code) {
        traced.note(STATUS, status);
        traced.failed(code);
    }

    @Override
    public void close() {
        traced.close();
    }
}
