package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A deletion ends for its owner although a site is gone or tenants hold on to a network; what is left is looked after. */
final class DeletionLabTest extends LabTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    String[] nodeOptions() {
        return new String[] {"--deletion-limit", "3s"};
    }

    @Test
    void whatIsLeftAtASiteThatIsGoneIsCleanedWhenItReturns() {
        var untouched = World.snapshot(lab);
        var connection = active(node.connect("b", "d", "10.66.0.0/24", Map.of()));
        var id = connection.get("id").asString();
        lab("gateway", "freeze", "d");
        lab("neutron", "stop", "d");
        try {
            node.deleteAndWait(id);
            assertThat(conditions("d")).contains("not_cleaned");
            assertThat(conditions("b")).doesNotContain("not_cleaned");
            assertThat(World.of(World.snapshot(lab, "b"), "b")).containsExactlyElementsOf(World.of(untouched, "b"));
        } finally {
            lab("neutron", "start", "d");
            lab("gateway", "thaw", "d");
        }
        await("site d is clean").atMost(LIMIT).until(() -> !conditions("d").contains("not_cleaned"));
        assertThat(World.snapshot(lab)).containsExactlyElementsOf(untouched);
    }

    @Test
    void aNetworkInUseIsKeptUntilItIsDeletedByForceAndIsThenItsUsersOwn() {
        var connection = active(node.connect("b", "d", "10.67.0.0/24", Map.of()));
        var id = connection.get("id").asString();
        var network = connection.at("/sides/remote/network_id").asString();
        var neutron = new Neutron(lab, "d");
        var port = neutron.createPort(network, "", "tenant", "").get("id").asString();
        try {
            var refused = node.call("DELETE", "/v1/connections/" + id, null);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body().get("code").asString()).isEqualTo("network_in_use");
            assertThat(refused.body().get("detail").asString()).contains("at d", port);
            assertThat(node.connection(id).get("status").asString()).isEqualTo("active");

            node.call("DELETE", "/v1/connections/" + id + "?force=true", null).expect(202);
            await("it is gone")
                    .atMost(LIMIT)
                    .until(() -> node.call("GET", "/v1/connections/" + id, null).status() == 404);
            assertThat(conditions("d")).as("nothing is left to do").doesNotContain("not_cleaned");
            neutron.call("GET", "/ports/" + port, null).expect(200);
            var left = neutron.call("GET", "/networks/" + network, null).expect(200);
            assertThat(left.body().at("/network/tags"))
                    .as("nothing says that it is a connection's")
                    .isEmpty();
        } finally {
            neutron.deletePort(port);
            neutron.call("DELETE", "/networks/" + network, null);
        }
    }

    private List<String> conditions(String site) {
        var found = node.call("GET", "/v1/sites/" + site, null).expect(200).body();
        return StreamSupport.stream(found.at("/conditions").spliterator(), false)
                .map(condition -> condition.get("code").asString())
                .toList();
    }

    private void lab(String... words) {
        var command = new ArrayList<>(List.of(lab.labCommand()));
        command.addAll(List.of(words));
        Command.run(LIMIT, command).orFail();
    }
}
