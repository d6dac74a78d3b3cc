package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A plan is compared with what is then done, and with what is then different in the world. */
final class PlanLabTest extends LabTest {
    @Test
    void aCreationAnUpdateAndADeletionDoWhatTheirPlansSay() {
        var body = new HashMap<>(IsthmusNode.stretched("b", "d", "10.75.0.0/24"));
        body.put("bandwidth_mbps", 20);
        var untouched = World.snapshot(lab);
        var plan = plan("POST", "/v1/connections?dry_run=true", body);
        assertThat(World.snapshot(lab)).as("a dry run changes nothing").containsExactlyElementsOf(untouched);

        var asked = node.call("POST", "/v1/connections", body).expect(202).body();
        var connection = active(asked);
        var made = World.snapshot(lab);
        assertThat(connection.get("vni")).isEqualTo(plan.get("vni"));
        for (var role : List.of("local", "remote")) {
            assertThat(connection.at("/sides/" + role + "/segmentation_id").asInt())
                    .isEqualTo(plan.at("/sides/" + role + "/vlan").asInt());
        }
        assertThat(done(asked)).isEqualTo(steps(plan));
        tells(plan, untouched, made);

        var path = "/v1/connections/" + connection.get("id").asString();
        var wider = Map.<String, Object>of("bandwidth_mbps", 30);
        var change = plan("PATCH", path + "?dry_run=true", wider);
        var updating = node.call("PATCH", path, wider).expect(202).body();
        active(updating);
        var widened = World.snapshot(lab);
        assertThat(done(updating)).isEqualTo(steps(change));
        tells(change, made, widened);

        var removal = plan("DELETE", path + "?dry_run=true", null);
        assertThat(World.snapshot(lab)).containsExactlyElementsOf(widened);
        var deleting = node.call("DELETE", path, null).expect(202).body();
        node.deleteAndWait(connection.get("id").asString());
        assertThat(done(deleting)).isEqualTo(steps(removal));
        tells(removal, widened, World.snapshot(lab));
    }

    private JsonNode plan(String method, String path, @Nullable Map<String, Object> body) {
        var plan = node.call(method, path, body).expect(200).body().get("plan");
        System.out.println(method + " " + path.replaceAll("[0-9a-f-]{36}", "ID"));
        plan.get("changes")
                .forEach(each -> System.out.printf(
                        "  %s  %-24s %s%n",
                        each.get("site").asString(),
                        each.get("step").asString(),
                        each.get("detail").asString()));
        return plan;
    }

    /** Each planned change, by site. What an update says of both sides together is no step. */
    private static Set<String> steps(JsonNode plan) {
        var steps = new TreeSet<String>();
        plan.get("changes")
                .forEach(each -> steps.add(
                        each.get("site").asString() + " " + each.get("step").asString()));
        steps.removeIf(step -> step.endsWith(" update"));
        assertThat(steps).isNotEmpty();
        return steps;
    }

    /** What the operation's record says was done at the sites. */
    private Set<String> done(JsonNode connection) {
        var operation = node.call(
                        "GET",
                        "/v1/operations/" + connection.get("operation_id").asString(),
                        null)
                .expect(200)
                .body();
        assertThat(operation.get("state").asString()).isEqualTo("succeeded");
        var steps = new TreeSet<String>();
        operation.get("steps").forEach(step -> {
            var name = step.get("step").asString();
            if (!step.get("site").isNull() && name.matches("(create|update|delete) .*")) {
                steps.add(step.get("site").asString() + " " + name);
            }
        });
        return steps;
    }

    /** Nothing differs at a site that the plan does not name, and what each change names is in what differs there. */
    private static void tells(JsonNode plan, List<String> before, List<String> after) {
        var different = new ArrayList<>(after);
        before.forEach(line -> {
            if (!different.remove(line)) {
                different.add(line);
            }
        });
        var planned = new TreeSet<String>();
        plan.get("changes").forEach(each -> planned.add(each.get("site").asString()));
        for (var site : List.of("a", "b", "c", "d")) {
            assertThat(World.of(different, site).isEmpty())
                    .as("nothing differs at %s, in %s", site, different)
                    .isEqualTo(!planned.contains(site));
        }
        plan.get("changes").forEach(each -> {
            if (!each.get("step").asString().equals("update")) {
                var thing = named(each.get("detail").asString().split(":", 2)[0]);
                assertThat(World.of(different, each.get("site").asString()))
                        .as(each.toString())
                        .anySatisfy(line -> assertThat(line).contains(thing));
            }
        });
    }

    /** Things at a gateway are told by the VNI in their names, others by their whole name or id. */
    private static String named(String identity) {
        var vni = Pattern.compile("(?<![0-9a-f])[0-9]{5}(?![0-9a-f])").matcher(identity);
        return vni.find() ? vni.group() : identity;
    }
}
