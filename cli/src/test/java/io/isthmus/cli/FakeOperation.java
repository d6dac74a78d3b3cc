package io.isthmus.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** One connection on its way, as a script of steps that each begin and then end. */
final class FakeOperation {
    private final FakeStore fake;
    private final ObjectNode connection;
    private final ObjectNode operation;
    private final String remote;
    private final boolean creates;
    private final List<String[]> script = new ArrayList<>();
    private boolean running;

    FakeOperation(
            FakeStore fake, ObjectNode connection, ObjectNode operation, String local, String remote, boolean creates) {
        this.fake = fake;
        this.connection = connection;
        this.operation = operation;
        this.remote = remote;
        this.creates = creates;
        if (creates) {
            script.add(new String[] {"", "reserve"});
        }
        for (var step : creates
                ? List.of("create network", "create subnet", "configure gateway")
                : List.of("withdraw gateway", "delete network")) {
            script.add(new String[] {local, step});
            script.add(new String[] {remote, step});
        }
        if (creates) {
            script.add(new String[] {"", "probe"});
        }
    }

    void step() {
        var steps = operation.withArray("steps");
        if (script.isEmpty()) {
            return;
        }
        var next = script.getFirst();
        if (!running) {
            running = true;
            var step = steps.addObject();
            if (!next[0].isEmpty()) {
                step.put("site", next[0]);
            }
            step.put("step", next[1])
                    .put("state", "running")
                    .put("started_at", FakeStore.TIME)
                    .put("detail", "");
            if (creates && !connection.path("status").asString().equals("rolling_back")) {
                connection.put("status", next[1].equals("reserve") ? "reserving" : "provisioning");
            }
        } else {
            end((ObjectNode) steps.get(steps.size() - 1), steps.size(), next);
        }
        fake.announce("""
            {"at": "%s", "kind": "operation.updated", "resource_type": "operation", "resource_id": "%s", \
            "data": {"resource_id": "%s", "step": "%s"}}""".formatted(
                        FakeStore.TIME,
                        operation.path("id").asString(),
                        connection.path("id").asString(),
                        next[1]));
    }

    private void end(ObjectNode step, int number, String[] next) {
        running = false;
        script.removeFirst();
        step.put("duration_ms", 100 * number);
        if (creates && next[0].equals(remote) && fake.failsAt(next[1])) {
            step.put("state", "failed").put("detail", "quota exceeded for subnet");
            connection.put("status", "rolling_back");
            ((ObjectNode) connection.path("sides").path("remote"))
                    .set("last_error", FakeStore.object("""
                {"step": "%s", "code": "over_quota", "detail": "Quota exceeded for resources: ['subnet'].",
                 "hint": "raise the subnet quota of the project at that site", "at": "%s"}""".formatted(next[1], FakeStore.TIME)));
            script.clear();
            script.add(new String[] {remote, "delete network"});
            return;
        }
        step.put("state", "succeeded");
        if (script.isEmpty()) {
            finish();
        }
    }

    private void finish() {
        var id = connection.path("id").asString();
        fake.finished(id, creates);
        if (!creates) {
            operation.put("state", "succeeded");
            return;
        }
        if (connection.path("status").asString().equals("rolling_back")) {
            operation.put("state", "rolled_back");
            connection.put("status", "rolled_back");
            return;
        }
        operation.put("state", "succeeded");
        connection.put("status", "active").put("oper_status", "up").put("sync_status", "in_sync");
        connection.set("path", FakeStore.object("""
            {"sites": ["b", "a", "d"], "links": ["x", "y"], "latency_ms": 17}"""));
        connection.set("mtu", FakeStore.object("{\"computed\": 1450, \"measured\": 1450}"));
        connection.set(
                "measured", FakeStore.object("{\"rtt_ms\": 34.2, \"loss\": 0, \"at\": \"" + FakeStore.TIME + "\"}"));
    }
}
