package io.isthmus.cli.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What was asked of the controller and how long it took: never a header or a body, which may hold secrets. */
public final class Trace {
    private final List<Exchange> exchanges = new ArrayList<>();

    /** One request; {@code status} is 0 if no answer came. */
    public record Exchange(String method, String url, int status, String requestId, Duration took) {
        public String text() {
            return method + " " + url + ": " + (status == 0 ? "no answer" : status) + " after " + took.toMillis()
                    + " ms" + (requestId.isEmpty() ? "" : ", " + requestId);
        }
    }

    void add(Exchange exchange) {
        exchanges.add(exchange);
    }

    public List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }
}
