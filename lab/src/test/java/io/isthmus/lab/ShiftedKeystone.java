package io.isthmus.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Keystone of the lab as one whose clock is wrong would be: all daemons of the lab share the machine's clock, so the times in
 * the tokens are shifted on their way. Everything else passes as it is.
 */
final class ShiftedKeystone implements AutoCloseable {
    private final HttpServer server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI behind;
    private volatile Duration shift = Duration.ZERO;

    ShiftedKeystone(LabDescription.Keystone keystone) {
        behind = URI.create(keystone.authUrl());
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
        server.start();
    }

    String authUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + behind.getPath();
    }

    void shift(Duration by) {
        shift = by;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var target = URI.create("http://" + behind.getHost() + ":" + behind.getPort() + exchange.getRequestURI());
            var request = HttpRequest.newBuilder(target)
                    .timeout(Duration.ofSeconds(30))
                    .header("Content-Type", "application/json")
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            var reply = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            reply.headers()
                    .firstValue("X-Subject-Token")
                    .ifPresent(token -> exchange.getResponseHeaders().set("X-Subject-Token", token));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            var body = shifted(reply.body()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private String shifted(String text) {
        if (!text.startsWith("{")) {
            return text;
        }
        JsonNode document = Http.JSON.readTree(text);
        if (document.path("token") instanceof ObjectNode token) {
            for (var field : new String[] {"issued_at", "expires_at"}) {
                token.put(
                        field,
                        Instant.parse(token.get(field).asString()).plus(shift).toString());
            }
        }
        return document.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
