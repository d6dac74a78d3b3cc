package io.isthmus.cli;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a controller without sites has, and its answers; connections go on as {@link FakeOperation} says. */
final class FakeStore {
    static final String TIME = "2026-01-01T00:00:00Z";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, Map<String, ObjectNode>> collections = new LinkedHashMap<>();
    private final Map<String, FakeOperation> building = new LinkedHashMap<>();
    private final Map<String, ObjectNode> answered = new HashMap<>();
    private final Map<String, ObjectNode> fixed = new HashMap<>();
    private final Consumer<String> announcing;
    private Optional<String> failingStep = Optional.empty();
    private final boolean stepsOnRead;
    private boolean stuck;
    private int pageSize = 1_000;
    private int ids;

    FakeStore(Consumer<String> announcing, boolean stepsOnRead) {
        this.announcing = announcing;
        this.stepsOnRead = stepsOnRead;
        List.of("sites", "links", "endpoints", "connections", "operations", "events", "quotas", "audit", "webhooks")
                .forEach(name -> collections.put(name, new LinkedHashMap<>()));
    }

    synchronized void add(String collection, String json) {
        var object = object(json);
        if (!object.has("id")) {
            object.put("id", nextId());
        }
        object.put("created_at", TIME).put("updated_at", TIME).put("revision", 1);
        all(collection).put(object.path("id").asString(), object);
    }

    synchronized void fix(String path, String json) {
        fixed.put(path, object(json));
    }

    synchronized void failAt(String step) {
        failingStep = Optional.of(step);
    }

    synchronized void stick() {
        stuck = true;
    }

    synchronized void pagesOf(int size) {
        pageSize = size;
    }

    synchronized int count(String collection) {
        return all(collection).size();
    }

    synchronized void step() {
        if (!stuck) {
            List.copyOf(building.values()).forEach(FakeOperation::step);
            notifyAll();
        }
    }

    void announce(String event) {
        announcing.accept(event);
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

    synchronized String nextId() {
        return "00000000-0000-4000-8000-%012d".formatted(++ids);
    }

    FakeWire.Answer answer(FakeWire.Request request) {
        if (fixed.containsKey(request.path())) {
            return new FakeWire.Answer(
                    200, Optional.ofNullable(fixed.get(request.path())).orElseThrow());
        }
        var parts = request.path().split("/", -1);
        if (parts.length < 3 || !parts[1].equals("v1") || !collections.containsKey(parts[2])) {
            throw new FakeWire.Refusal(404, "Not found", "no such resource", "");
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
            throw new FakeWire.Refusal(404, "Not found", "there is no " + collection + " " + id, "");
        }
        return object;
    }

    private synchronized FakeWire.Answer list(String collection, FakeWire.Request request) {
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
        return new FakeWire.Answer(200, reply);
    }

    private synchronized FakeWire.Answer show(String collection, String id, FakeWire.Request request) {
        if (collection.equals("operations") && stepsOnRead) {
            step();
        }
        var wanted = request.query().get("wait");
        while (wanted != null
                && !stuck
                && !List.of(wanted, "error", "rolled_back")
                        .contains(stored(collection, id).path("status").asString(""))) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return new FakeWire.Answer(200, stored(collection, id).deepCopy());
    }

    private synchronized FakeWire.Answer create(String collection, FakeWire.Request request) {
        var key = request.headers().getOrDefault("Idempotency-key", "");
        var before = answered.get(key);
        if (before != null) {
            return new FakeWire.Answer(collection.equals("connections") ? 202 : 201, before.deepCopy());
        }
        var body = (ObjectNode) request.body().deepCopy();
        if (body.path("bandwidth_mbps").asInt(0) > 10_000) {
            throw new FakeWire.Refusal(422, "Not possible", "no path has so much capacity", """
                , "hint": "the widest path has 1000 Mbit/s left",
                "errors": [{"pointer": "/bandwidth_mbps", "code": "no_capacity", "detail": "1000 at most"}]""");
        }
        if (collection.equals("sites")
                && all("sites").containsKey(body.path("id").asString(""))) {
            throw new FakeWire.Refusal(409, "Conflict", "there is a site with that id", "");
        }
        if (!body.has("id")) {
            body.put("id", nextId());
        }
        if ("true".equals(request.query().get("dry_run"))) {
            return new FakeWire.Answer(200, object("""
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
        return new FakeWire.Answer(collection.equals("connections") ? 202 : 201, body.deepCopy());
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

    private synchronized FakeWire.Answer patch(ObjectNode object, FakeWire.Request request) {
        var expected = '"' + object.path("revision").asString() + '"';
        if (!expected.equals(request.headers().get("If-match"))) {
            throw new FakeWire.Refusal(
                    412,
                    "Changed meanwhile",
                    "its revision is " + object.path("revision").asString(),
                    "");
        }
        FakePatch.merge(object, (ObjectNode) request.body());
        object.put("revision", object.path("revision").asInt() + 1);
        return new FakeWire.Answer(200, object.deepCopy());
    }

    private synchronized FakeWire.Answer delete(String collection, ObjectNode object, FakeWire.Request request) {
        if ("true".equals(request.query().get("dry_run"))) {
            return new FakeWire.Answer(200, object("""
                {"plan": {"changes": [{"site": "b", "step": "remove", "detail": "what was made"}]}}"""));
        }
        var id = object.path("id").asString();
        var inUse = all("links").values().stream()
                .anyMatch(link -> List.of(
                                link.path("a_site").asString(),
                                link.path("z_site").asString())
                        .contains(id));
        if (collection.equals("sites") && inUse) {
            throw new FakeWire.Refusal(409, "In use", "site " + id + " has links", "");
        }
        if (!collection.equals("connections")) {
            all(collection).remove(id);
            return new FakeWire.Answer(204, JSON.createObjectNode());
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
        return new FakeWire.Answer(202, object.deepCopy());
    }

    private synchronized FakeWire.Answer act(ObjectNode connection, String action) {
        if (!connection.path("status").asString("").equals("active")) {
            throw new FakeWire.Refusal(409, "Wrong state", "only an active connection can do this", "");
        }
        return new FakeWire.Answer(action.equals("verify") ? 200 : 202, connection.deepCopy());
    }
}
