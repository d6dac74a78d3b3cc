package io.isthmus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A dry run is a promise of what then happens: what a site would refuse is refused, and what was not read is told. */
final class DryRunTest {
    private static final String STRETCHED = """
            {"local_endpoint": {"site": "b", "network": {"create": {"cidr": "10.64.0.0/24",
                "allocation_pool": {"start": "10.64.0.10", "end": "10.64.0.99"}}}},
             "remote_endpoint": {"site": "d", "network": {"network_id": "%s"}}, "service": "l2"}""";
    private static final String NEW = """
            {"local_endpoint": {"site": "b", "network": {"create": {"cidr": "10.64.0.0/24"}}},
             "remote_endpoint": {"site": "d", "network": {"create": {"cidr": "10.64.0.0/24"}}}, "service": "l2"}""";

    @Test
    void whatTheSiteWouldRefuseIsRefused(@TempDir Path folder) throws Exception {
        try (var world = new NodeWorld(folder, said -> {}).described();
                var operator = world.operatorOfD()) {
            var overlayId = operator.create("networks", Map.of("name", "overlay"));

            var missing = dryRun(world, STRETCHED.formatted("nowhere"), 422);
            var overlay = dryRun(world, STRETCHED.formatted(overlayId), 422);

            assertThat(missing.path("code").asString()).isEqualTo("network_not_found");
            assertThat(missing.at("/errors/0/pointer").asString()).isEqualTo("/remote_endpoint/network");
            assertThat(overlay.path("code").asString()).isEqualTo("network_not_vlan");
            assertThat(overlay.path("detail").asString()).contains("overlay").contains("is not a VLAN");
        }
    }

    @Test
    void aSiteThatCannotBeReadIsToldBesideWhatIsPlanned(@TempDir Path folder) {
        try (var world = new NodeWorld(folder, said -> {}).described()) {
            var read = dryRun(world, NEW, 200);
            assertThat(steps(read)).contains("d create network").noneMatch(step -> step.contains("look at"));

            world.neutronD().close();

            var unread = dryRun(world, NEW, 200);
            assertThat(steps(unread)).contains("d unread: look at used VLANs", "d create network");
            assertThat(unread.at("/plan/changes/0/detail").asString()).contains("neutron_unreachable");
        }
    }

    private static JsonNode dryRun(NodeWorld world, String body, int status) {
        return world.send("POST", "/v1/connections?dry_run=true", body, status);
    }

    private static List<String> steps(JsonNode reply) {
        return reply.at("/plan/changes")
                .valueStream()
                .map(change -> change.path("site").asString("") + " "
                        + change.path("step").asString(""))
                .toList();
    }
}
