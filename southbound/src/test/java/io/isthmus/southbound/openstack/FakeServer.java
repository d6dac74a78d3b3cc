package io.isthmus.southbound.openstack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP server on loopback that answers as it is told, and fails as it is told. It writes down every request. */
final class FakeServer implements AutoCloseable {
    static {
        // Otherwise every answer waits for a delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Function<Request, Reply> answers;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Planned> faults = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Duration latency = Duration.ZERO;

    FakeServer(Function<Request, Reply> answers) {
        this(answers, Optional.empty());
    }

    /** @param tls how it speaks TLS; plain HTTP where it is absent */
    FakeServer(Function<Request, Reply> answers, Optional<SSLContext> tls) {
        this.answers = answers;
        this.scheme = tls.isPresent() ? "https" : "http";
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tls.isPresent()) {
                var secure = HttpsServer.create(address, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
                server = secure;
            } else {
                server = HttpServer.create(address, 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A request as it came; header names are lower-case. */
    record Request(
            String method, String path, Map<String, List<String>> query, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JacksonException e) {
                return JSON.missingNode();
            }
        }

        @Override
        public String toString() {
            return method + " " + path + (query.isEmpty() ? "" : " " + query);
        }
    }

    record Reply(int status, Map<String, String> headers, String body) {
        static Reply json(int status, Object value) {
            return new Reply(status, Map.of("Content-Type", "application/json"), JSON.writeValueAsString(value));
        }

        static Reply empty(int status) {
            return new Reply(status, Map.of(), "");
        }
    }

    private static final class Planned {
        private final Fault fault;
        private final Predicate<Request> when;
        private int skip;
        private int times;

        Planned(Fault fault, Predicate<Request> when, int skip, int times) {
            this.fault = fault;
            this.when = when;
            this.skip = skip;
            this.times = times;
        }
    }

    /** Fails those requests that match, after the first {@code skip} of them, {@code times} times. */
    void fail(Fault fault, Predicate<Request> when, int skip, int times) {
        synchronized (faults) {
            faults.add(new Planned(fault, when, skip, times));
        }
    }

    void failNoMore() {
        synchronized (faults) {
            faults.clear();
        }
    }

    void latency(Duration duration) {
        latency = duration;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    void forgetRequests() {
        requests.clear();
    }

    URI url() {
        return URI.create(scheme + "://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        var request = read(exchange);
        requests.add(request);
        var fault = nextFault(request);
        try {
            if (latency.isPositive()) {
                Thread.sleep(latency);
            }
            if (fault.isEmpty()) {
                send(exchange, answers.apply(request));
                return;
            }
            var reply = fault.get().isDone() ? answers.apply(request) : Reply.empty(500);
            failExchange(exchange, fault.get(), reply);
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    private void failExchange(HttpExchange exchange, Fault fault, Reply reply)
            throws IOException, InterruptedException {
        switch (fault) {
            case HANG, DONE_THEN_HANG -> {
                closed.await();
                exchange.close();
            }
            case DONE_THEN_HALF -> {
                exchange.sendResponseHeaders(reply.status() == 204 ? 200 : reply.status(), 1000);
                exchange.getResponseBody().write("{".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                closed.await();
                exchange.close();
            }
            case CLOSE, DONE_THEN_CLOSE -> exchange.close();
            case ERROR_500 ->
                send(
                        exchange,
                        Reply.json(
                                500,
                                Map.of(
                                        "NeutronError",
                                        Map.of(
                                                "type", "HTTPInternalServerError",
                                                "message", "Request Failed: internal server error while processing",
                                                "detail", ""))));
            case ERROR_503, DONE_THEN_503 -> send(exchange, new Reply(503, Map.of(), "Service Unavailable"));
            case BUSY -> send(exchange, new Reply(429, Map.of("Retry-After", "1"), "Too Many Requests"));
            case UNAUTHORIZED -> send(exchange, unauthorized());
            case WEB_PAGE -> send(exchange, new Reply(200, Map.of(), "<html><body>Welcome</body></html>"));
        }
    }

    static Reply unauthorized() {
        return Reply.json(
                401,
                Map.of(
                        "error",
                        Map.of(
                                "code", 401,
                                "title", "Unauthorized",
                                "message", "The request you have made requires authentication.")));
    }

    private Optional<Fault> nextFault(Request request) {
        synchronized (faults) {
            for (Iterator<Planned> i = faults.iterator(); i.hasNext(); ) {
                var planned = i.next();
                if (!planned.when.test(request)) {
                    continue;
                }
                if (planned.skip > 0) {
                    planned.skip--;
                    continue;
                }
                if (--planned.times == 0) {
                    i.remove();
                }
                return Optional.of(planned.fault);
            }
            return Optional.empty();
        }
    }

    private static Request read(HttpExchange exchange) throws IOException {
        var query = new LinkedHashMap<String, List<String>>();
        var raw = exchange.getRequestURI().getRawQuery();
        for (var part : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = part.indexOf('=');
            query.computeIfAbsent(decoded(part.substring(0, equals)), name -> new ArrayList<>())
                    .add(decoded(part.substring(equals + 1)));
        }
        var headers = new LinkedHashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query,
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        try (exchange) {
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.getResponseHeaders().set("X-Openstack-Request-Id", "req-00000000-0000-4000-8000-000000000000");
            var body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
