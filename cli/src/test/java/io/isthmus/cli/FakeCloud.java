package io.isthmus.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A Keystone that lets in who knows the secret, with a catalogue that can be changed. */
final class FakeCloud implements AutoCloseable {
    static final String SECRET = "correct-horse";
    static final String TOKEN = "gAAAAA-token";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final Map<String, ObjectNode> services = new LinkedHashMap<>();
    private final Map<String, ObjectNode> endpoints = new LinkedHashMap<>();
    private final List<JsonNode> logins = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();

    FakeCloud() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
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

    /** The bodies of all requests for a token. */
    synchronized List<JsonNode> logins() {
        return List.copyOf(logins);
    }

    synchronized List<String> changes() {
        return List.copyOf(changes);
    }

    /** Has a service with one public endpoint. */
    synchronized FakeCloud with(String type, String region, String url) {
        var service = JSON.createObjectNode().put("type", type).put("id", "service-" + services.size());
        services.put(service.get("id").asString(), service);
        endpoints.put(
                "endpoint-" + endpoints.size(),
                JSON.createObjectNode()
                        .put("id", "endpoint-" + endpoints.size())
                        .put("service_id", service.get("id").asString())
                        .put("interface", "public")
                        .put("region_id", region)
                        .put("url", url));
        return this;
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        var text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        JsonNode body = text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
        var path = exchange.getRequestURI().getPath();
        var call = exchange.getRequestMethod() + " " + path.replaceAll("/endpoint-\\d+$", "/ID");
        if (call.equals("POST /v3/auth/tokens")) {
            logins.add(body);
            if (!body.toString().contains("\"" + SECRET + "\"")) {
                send(exchange, 401, error("The request you have made requires authentication."));
                return;
            }
            exchange.getResponseHeaders().set("X-Subject-Token", TOKEN);
            var reply = JSON.createObjectNode();
            reply.putObject("token").set("catalog", catalog());
            send(exchange, 201, reply);
            return;
        }
        if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Auth-Token"))) {
            send(exchange, 401, error("The request you have made requires authentication."));
            return;
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            changes.add(call);
        }
        if (path.startsWith("/v3/regions/")) {
            var isKnown = !path.endsWith("/Nowhere");
            send(exchange, isKnown ? 200 : 404, JSON.createObjectNode());
            return;
        }
        switch (call) {
            case "GET /v3/auth/catalog" -> {
                var reply = JSON.createObjectNode();
                reply.set("catalog", catalog());
                send(exchange, 200, reply);
            }
            case "GET /v3/services" -> send(exchange, 200, list("services", services));
            case "GET /v3/endpoints" -> send(exchange, 200, list("endpoints", endpoints));
            case "POST /v3/services" -> send(exchange, 201, add("service", services, body));
            case "POST /v3/endpoints" -> send(exchange, 201, add("endpoint", endpoints, body));
            case "PATCH /v3/endpoints/ID" -> {
                var id = path.substring(path.lastIndexOf('/') + 1);
                endpoints.computeIfPresent(
                        id,
                        (same, endpoint) ->
                                endpoint.put("url", body.at("/endpoint/url").asString()));
                send(exchange, 200, JSON.createObjectNode());
            }
            default -> send(exchange, 404, error("The resource could not be found."));
        }
    }

    private ArrayNode catalog() {
        var catalog = JSON.createArrayNode();
        for (var service : services.values()) {
            var entry = catalog.addObject().put("type", service.get("type").asString());
            var list = entry.putArray("endpoints");
            endpoints.values().stream()
                    .filter(endpoint -> endpoint.get("service_id").equals(service.get("id")))
                    .forEach(list::add);
        }
        return catalog;
    }

    private static ObjectNode add(String name, Map<String, ObjectNode> all, JsonNode body) {
        var made = ((ObjectNode) body.get(name)).put("id", name + "-" + all.size());
        all.put(made.get("id").asString(), made);
        var reply = JSON.createObjectNode();
        reply.set(name, made);
        return reply;
    }

    private static ObjectNode list(String name, Map<String, ObjectNode> all) {
        var reply = JSON.createObjectNode();
        all.values().forEach(reply.putArray(name)::add);
        return reply;
    }

    private static ObjectNode error(String message) {
        var reply = JSON.createObjectNode();
        reply.putObject("error").put("message", message);
        return reply;
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        try (exchange) {
            var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
