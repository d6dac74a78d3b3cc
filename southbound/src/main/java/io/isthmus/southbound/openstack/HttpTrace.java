package io.isthmus.southbound.openstack;

import io.isthmus.southbound.Traced;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.regex.Pattern;

/** A request to a cloud as a span, with the names of OpenTelemetry's conventions. */
final class HttpTrace {
    private static final Pattern ID =
            Pattern.compile("/[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");

    private HttpTrace() {}

    /** The other server hears of the trace, too. */
    static Traced begin(HttpRequest.Builder request) {
        var asked = request.build();
        var url = asked.uri();
        var path = String.valueOf(url.getPath());
        var traced = Traced.call(
                asked.method() + " " + ID.matcher(path).replaceAll("/{id}"),
                Map.of(
                        "http.request.method",
                        asked.method(),
                        "server.address",
                        url.getHost() + ":" + url.getPort(),
                        "url.path",
                        path));
        traced.traceParent().ifPresent(parent -> request.setHeader("traceparent", parent));
        return traced;
    }

    static void replied(Traced traced, int status) {
        traced.note("http.response.status_code", status);
        if (status >= 400) {
            traced.failed(Integer.toString(status));
        }
    }
}
