package io.isthmus.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP side of a controller without sites: writes requests down, loses replies, and streams events. */
final class FakeWire implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final Function<Request, Answer> answers;
    private final List<String> events = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private int lostReplies;
    private boolean closed;

    /** What the command sent. */
    record Request(String method, String path, Map<String, String> query, Map<String, String> headers, JsonNode body) {}

    record Answer(int status, JsonNode body) {}

    FakeWire(int port, Function<Request, Answer> answers) {
        this.answers = answers;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized void loseReplies(int count) {
        lostReplies = count;
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    synchronized void announce(String event) {
        events.add(event);
        notifyAll();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var query = query(exchange.getRequestURI());
            var bytes = exchange.getRequestBody().readAllBytes();
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            var request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    query,
                    Map.copyOf(headers),
                    bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes));
            synchronized (this) {
                requests.add(request);
            }
            if (request.path().equals("/v1/events")
                    && headers.getOrDefault("Accept", "").equals("text/event-stream")) {
                stream(exchange, Optional.ofNullable(headers.get("Last-event-id")));
                return;
            }
            Answer answer;
            try {
                answer = answers.apply(request);
            } catch (Refusal e) {
                answer = e.answer();
            }
            synchronized (this) {
                if (lostReplies > 0 && !request.method().equals("GET")) {
                    lostReplies--;
                    return;
                }
            }
            send(exchange, answer);
        }
    }

    private static Map<String, String> query(URI uri) {
        var query = new LinkedHashMap<String, String>();
        if (uri.getRawQuery() != null) {
            for (var part : uri.getRawQuery().split("&", -1)) {
                var equals = part.indexOf('=');
                query.put(
                        URLDecoder.decode(part.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Answer answer;

        Refusal(int status, String title, String detail, String more) {
            var problem = FakeStore.object("""
                {"type": "about:blank", "title": "%s", "status": %d, "detail": "%s", "code": "x", "request_id": "req-1"%s}""".formatted(title, status, detail, more));
            this.answer = new Answer(status, problem);
        }

        Answer answer() {
            return answer;
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.status() >= 400 ? "application/problem+json" : "application/json");
        headers.set("X-Openstack-Request-Id", "req-1");
        if (answer.body().has("revision")) {
            headers.set("ETag", '"' + answer.body().path("revision").asString() + '"');
        }
        if (answer.status() == 204) {
            exchange.sendResponseHeaders(204, -1);
            return;
        }
        var bytes = answer.body().toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void stream(HttpExchange exchange, Optional<String> after) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        int next;
        synchronized (this) {
            next = after.map(Integer::parseInt).orElse(events.size());
        }
        OutputStream out = exchange.getResponseBody();
        out.write(": here\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        while (true) {
            String event;
            synchronized (this) {
                while (next >= events.size() && !closed) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return;
                    }
                }
                if (closed) {
                    return;
                }
                event = events.get(next++);
            }
            if (event.equals("BREAK")) {
                return;
            }
            out.write(("id: " + next + "\nevent: change\ndata: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        server.stop(0);
    }
}
