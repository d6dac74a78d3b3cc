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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A controller without sites behind it: speaks the API as far as the command uses it. Connections are built by a script that
 * goes one step on whenever an operation is read, so that a run needs no clock.
 */
public final class FakeIsthmus implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    static final String TIME = "2026-01-01T00:00:00Z";

    private final HttpServer server;
    private final Map<String, Map<String, ObjectNode>> collections = new LinkedHashMap<>();
    private final Map<String, FakeOperation> building = new LinkedHashMap<>();
    private final Map<String, ObjectNode> answered = new HashMap<>();
    private final Map<String, ObjectNode> fixed = new HashMap<>();
    private final List<String> events = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private Optional<String> failingStep = Optional.empty();
    private boolean stepsOnRead = true;
    private boolean stuck;
    private int lostReplies;
    private int pageSize = 1_000;
    private int ids;
    private boolean closed;

    /** What the command sent. */
    public record Request(
            String method, String path, Map<String, String> query, Map<String, String> headers, JsonNode body) {}

    public FakeIsthmus() {
        this(0);
    }

    private FakeIsthmus(int port) {
        for (var name : List.of(
                "sites", "links", "endpoints", "connections", "operations", "events", "quotas", "audit", "webhooks")) {
            collections.put(name, new LinkedHashMap<>());
        }
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Serves the worked example until it is killed, a step every 700 ms: to look at the command in a terminal. */
    public static void main(String[] args) throws InterruptedException {
        var fake = new FakeIsthmus(args.length > 0 ? Integer.parseInt(args[0]) : 8642).withWorkedExample();
        fake.stepsOnRead = false;
        if (args.length > 1) {
            fake.failAt(args[1]);
        }
        while (true) {
            Thread.sleep(700);
            fake.step();
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The sites a, b, c and d and the links a-b, a-c, b-c and a-d. */
    public FakeIsthmus withWorkedExample() {
        site("a", "dc-a", 50.11, 8.68, "DE");
        site("b", "dc-b", 48.86, 2.35, "FR");
        site("c", "dc-c", 41.90, 12.50, "IT");
        site("d", "dc-d", 59.33, 18.07, "SE");
        link("a", "b", 5);
        link("a", "c", 10);
        link("b", "c", 20);
        link("a", "d", 12);
        return this;
    }

    private void site(String id, String name, double latitude, double longitude, String country) {
        add("sites", """
            {"id": "%s", "name": "%s", "location": {"latitude": %s, "longitude": %s, "country": "%s"},
             "failure_domains": ["grid-%s"],
             "cloud": {"kind": "region", "auth_url": "http://keystone.example:5000/v3", "region_name": "Region%s",
                       "physical_network": "interdc", "vlan_range": "2000-2999", "credential_id": "isthmus"},
             "gateways": [{"name": "gw-%s", "driver": "frr", "tunnel_address": "10.255.0.1", "asn": 65001,
                           "max_mtu": 1500, "capacity_mbps": 1000, "management": {"host": "192.0.2.1", "port": 22}}],
             "admin_state_up": true, "status": "online", "tags": []}""".formatted(id, name, latitude, longitude, country, id, id.toUpperCase(Locale.ROOT), id));
    }

    private void link(String a, String z, int latency) {
        add("links", """
            {"id": "%s", "name": "%s-%s", "a_site": "%s", "z_site": "%s", "latency_ms": %d, "capacity_mbps": 1000,
             "reserved_mbps": 0, "mtu": 1500, "cost": 1, "failure_domains": [], "admin_state_up": true,
             "oper_status": "up"}""".formatted(nextId(), a, z, a, z, latency));
    }

    /** Stores an object as it is, with a revision. */
    public synchronized FakeIsthmus add(String collection, String json) {
        var object = object(json);
        if (!object.has("id")) {
            object.put("id", nextId());
        }
        object.put("created_at", TIME).put("updated_at", TIME).put("revision", 1);
        all(collection).put(object.path("id").asString(), object);
        return this;
    }

    /** Whatever is sent to that path is answered with this. */
    public synchronized FakeIsthmus answering(String path, String json) {
        fixed.put(path, object(json));
        return this;
    }

    /** Makes that step at the remote site fail in every connection that is built from now on. */
    public synchronized FakeIsthmus failAt(String step) {
        failingStep = Optional.of(step);
        return this;
    }

    /** Connections stay where they are. */
    public synchronized FakeIsthmus stuck() {
        stuck = true;
        return this;
    }

    /** The next requests that change something are carried out, but not answered. */
    public synchronized FakeIsthmus loseReplies(int count) {
        lostReplies = count;
        return this;
    }

    public synchronized FakeIsthmus pagesOf(int size) {
        pageSize = size;
        return this;
    }

    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    public synchronized Request last(String method) {
        return requests.stream()
                .filter(request -> request.method().equals(method))
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    public synchronized int count(String collection) {
        return all(collection).size();
    }

    public synchronized void announce(String event) {
        events.add(event);
        notifyAll();
    }

    /** One script step for everything that is being built or taken away. */
    public synchronized void step() {
        if (!stuck) {
            List.copyOf(building.values()).forEach(FakeOperation::step);
        }
    }

    boolean failsAt(String step) {
        return failingStep.filter(step::equals).isPresent();
    }

    /** The connection with that id is not being changed any more; without it, it is gone altogether. */
    void finished(String id, boolean remains) {
        building.remove(id);
        if (!remains) {
            all("connections").remove(id);
        }
    }

    private Map<String, ObjectNode> all(String collection) {
        return Optional.ofNullable(collections.get(collection)).orElseThrow();
    }

    static ObjectNode object(String json) {
        return (ObjectNode) JSON.readTree(json);
    }

    private String nextId() {
        return "00000000-0000-4000-8000-%012d".formatted(++ids);
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
                answer = answer(request);
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

    private record Answer(int status, JsonNode body) {}

    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Answer answer;

        Refusal(int status, String title, String detail, String more) {
            var problem = object("""
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

    private Answer answer(Request request) {
        if (fixed.containsKey(request.path())) {
            return new Answer(
                    200, Optional.ofNullable(fixed.get(request.path())).orElseThrow());
        }
        var parts = request.path().split("/", -1);
        if (parts.length < 3 || !parts[1].equals("v1") || !collections.containsKey(parts[2])) {
            throw new Refusal(404, "Not found", "no such resource", "");
        }
        var collection = parts[2];
        if (parts.length == 3) {
            return request.method().equals("POST") ? create(collection, request) : list(collection, request);
        }
        if (parts.length == 5) {
            return act(stored(collection, parts[3]), parts[4]);
        }
        return switch (request.method()) {
            case "PATCH" -> patch(stored(collection, parts[3]), request);
            case "DELETE" -> delete(collection, stored(collection, parts[3]), request);
            default -> show(collection, parts[3], request);
        };
    }

    private synchronized ObjectNode stored(String collection, String id) {
        var object = all(collection).get(id);
        if (object == null) {
            throw new Refusal(404, "Not found", "there is no " + collection + " " + id, "");
        }
        return object;
    }

    private synchronized Answer list(String collection, Request request) {
        var reply = JSON.createObjectNode();
        var items = reply.putArray(collection);
        var from = Integer.parseInt(request.query().getOrDefault("marker", "0"));
        var matching = all(collection).values().stream()
                .filter(object -> request.query().entrySet().stream()
                        .filter(filter -> !List.of("marker", "limit", "sort_key", "sort_dir")
                                .contains(filter.getKey()))
                        .allMatch(filter -> (List.of("cell", "region_name", "auth_url")
                                                .contains(filter.getKey())
                                        ? object.path("cloud")
                                        : object)
                                .path(filter.getKey())
                                .asString("")
                                .equals(filter.getValue())))
                .toList();
        matching.stream().skip(from).limit(pageSize).forEach(object -> items.add(object.deepCopy()));
        if (from + pageSize < matching.size()) {
            var links = collection.equals("links") ? items : reply.putArray("links");
            links.addObject()
                    .put("rel", "next")
                    .put("href", "http://elsewhere.example/v1/" + collection + "?marker=" + (from + pageSize));
        }
        return new Answer(200, reply);
    }

    private synchronized Answer show(String collection, String id, Request request) {
        if (collection.equals("operations") && stepsOnRead) {
            step();
        }
        var wanted = request.query().get("wait");
        while (wanted != null && !stuck && !isOver(stored(collection, id), wanted)) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return new Answer(200, stored(collection, id).deepCopy());
    }

    private static boolean isOver(ObjectNode object, String wanted) {
        return List.of(wanted, "error", "rolled_back")
                .contains(object.path("status").asString(""));
    }

    private synchronized Answer create(String collection, Request request) {
        var key = request.headers().getOrDefault("Idempotency-key", "");
        var before = answered.get(key);
        if (before != null) {
            return new Answer(collection.equals("connections") ? 202 : 201, before.deepCopy());
        }
        var body = (ObjectNode) request.body().deepCopy();
        if (body.path("bandwidth_mbps").asInt(0) > 10_000) {
            throw new Refusal(422, "Not possible", "no path has so much capacity", """
                , "hint": "the widest path has 1000 Mbit/s left",
                "errors": [{"pointer": "/bandwidth_mbps", "code": "no_capacity", "detail": "1000 at most"}]""");
        }
        if (collection.equals("sites")
                && all("sites").containsKey(body.path("id").asString(""))) {
            throw new Refusal(409, "Conflict", "there is a site with that id", "");
        }
        if (!body.has("id")) {
            body.put("id", nextId());
        }
        if ("true".equals(request.query().get("dry_run"))) {
            return new Answer(200, object("""
                {"plan": {"changes": [{"site": "b", "step": "create network", "detail": "VLAN 2000"}]}}"""));
        }
        body.put("created_at", TIME).put("updated_at", TIME).put("revision", 1);
        all(collection).put(body.path("id").asString(), body);
        if (collection.equals("connections")) {
            begin(body);
        } else if (collection.equals("sites")) {
            body.put("status", "online");
        }
        answered.put(key, body.deepCopy());
        return new Answer(collection.equals("connections") ? 202 : 201, body.deepCopy());
    }

    private void begin(ObjectNode connection) {
        var local = connection.path("local_endpoint").path("site").asString("b");
        var remote = connection.path("remote_endpoint").path("site").asString("d");
        if (!connection.has("name")) {
            connection.put("name", local + "-" + remote);
        }
        for (var role : List.of("local", "remote")) {
            var endpoint = connection.path(role + "_endpoint");
            if (endpoint.isObject()) {
                var id = nextId();
                var object = ((ObjectNode) endpoint.deepCopy())
                        .put("id", id)
                        .put("role", role)
                        .put("name", "");
                all("endpoints").put(id, object);
                connection.put(role + "_endpoint", id);
            }
        }
        connection.put("status", "requested").put("oper_status", "unknown").put("sync_status", "unobserved");
        connection.set("sides", object("""
            {"local": {"site": "%s", "status": "pending"}, "remote": {"site": "%s", "status": "pending"}}""".formatted(local, remote)));
        var operation = operation(connection, "create");
        building.put(
                connection.path("id").asString(), new FakeOperation(this, connection, operation, local, remote, true));
    }

    private ObjectNode operation(ObjectNode connection, String kind) {
        var id = nextId();
        var operation = object("""
            {"id": "%s", "kind": "%s", "resource_type": "connection", "resource_id": "%s", "state": "running",
             "steps": [], "created_at": "%s", "revision": 1}""".formatted(id, kind, connection.path("id").asString(), TIME));
        all("operations").put(id, operation);
        connection.put("operation_id", id);
        return operation;
    }

    private synchronized Answer patch(ObjectNode object, Request request) {
        var expected = '"' + object.path("revision").asString() + '"';
        if (!expected.equals(request.headers().get("If-match"))) {
            throw new Refusal(
                    412,
                    "Changed meanwhile",
                    "its revision is " + object.path("revision").asString(),
                    "");
        }
        merge(object, (ObjectNode) request.body());
        object.put("revision", object.path("revision").asInt() + 1);
        return new Answer(200, object.deepCopy());
    }

    private static void merge(ObjectNode object, ObjectNode patch) {
        patch.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                object.remove(entry.getKey());
            } else if (entry.getValue() instanceof ObjectNode inner
                    && object.path(entry.getKey()) instanceof ObjectNode existing) {
                merge(existing, inner);
            } else {
                object.set(entry.getKey(), entry.getValue());
            }
        });
    }

    private synchronized Answer delete(String collection, ObjectNode object, Request request) {
        if ("true".equals(request.query().get("dry_run"))) {
            return new Answer(200, object("""
                {"plan": {"changes": [{"site": "b", "step": "remove", "detail": "what was made"}]}}"""));
        }
        var id = object.path("id").asString();
        var inUse = all("links").values().stream()
                .anyMatch(link -> link.path("a_site").asString().equals(id)
                        || link.path("z_site").asString().equals(id));
        if (collection.equals("sites") && inUse) {
            throw new Refusal(409, "In use", "site " + id + " has links", "");
        }
        if (!collection.equals("connections")) {
            all(collection).remove(id);
            return new Answer(204, JSON.createObjectNode());
        }
        object.put("status", "deleting");
        var operation = operation(object, "delete");
        var sides = object.path("sides");
        building.put(
                id,
                new FakeOperation(
                        this,
                        object,
                        operation,
                        sides.path("local").path("site").asString("b"),
                        sides.path("remote").path("site").asString("d"),
                        false));
        return new Answer(202, object.deepCopy());
    }

    private synchronized Answer act(ObjectNode connection, String action) {
        if (!connection.path("status").asString("").equals("active")) {
            throw new Refusal(409, "Wrong state", "only an active connection can do this", "");
        }
        return new Answer(action.equals("verify") ? 200 : 202, connection.deepCopy());
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
