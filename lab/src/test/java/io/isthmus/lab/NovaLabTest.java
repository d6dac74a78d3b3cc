package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two cells with one Nova and a Neutron each: their servers meet over a connection, and a backup is suggested for one. */
final class NovaLabTest extends LabTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int VCPUS = 4;
    private static final int RAM_MB = 2048;
    private static final int DISK_GB = 10;

    @BeforeAll
    void startNova() {
        nova("start");
    }

    @AfterAll
    void stopNova() {
        nova("stop");
    }

    @Test
    void serversOfTwoCellsMeetOverAConnectionAndOneGetsABackupSuggested(@TempDir Path directory) throws IOException {
        var shared = new LabNova(lab, "b");
        var data = Files.writeString(directory.resolve("image"), "a VNF's image");
        var flavor = shared.createFlavor("vnf", VCPUS, RAM_MB, DISK_GB);
        var image = shared.createImage("vnf", data);
        var connection = active(node.call(
                        "POST",
                        "/v1/connections",
                        Map.of("name", "cells", "local_endpoint", cell("cell-b"), "remote_endpoint", cell("cell-c")))
                .expect(202)
                .body());
        var network = connection.at("/sides/local/network_id").asString();
        var inB = shared.boot("vnf-b", "cell-b", flavor, image, List.of(Map.of("uuid", network)));
        var inC = shared.boot("vnf-c", "cell-c", flavor, image, "none");
        shared.attachInOtherCell(inC, connection.at("/sides/remote/network_id").asString());
        try {
            serversMeet(connection, inB, inC);
            aBackupIsSuggested(data);
        } finally {
            shared.delete(inB);
            shared.delete(inC);
        }
    }

    private void serversMeet(JsonNode connection, String inB, String inC) {
        try (var local = plugged(inB, connection, "local");
                var remote = plugged(inC, connection, "remote")) {
            await("packets flow")
                    .atMost(LIMIT)
                    .until(() -> local.ping(remote, 1).received() == 1);
            assertThat(remote.ping(local, 5).received()).isEqualTo(5);
        }
    }

    private static Map<String, Object> cell(String name) {
        return Map.of("site", Map.of("cell", name), "network", Map.of("create", Map.of("cidr", "10.86.0.0/24")));
    }

    /** The server's compute has bound a port in its own cell's Neutron, to the host that Neutron's agent there has. */
    private Vnf plugged(String server, JsonNode connection, String role) {
        var side = connection.at("/sides/" + role);
        var site = side.get("site").asString();
        var ports = new Neutron(lab, site)
                .call("GET", "/ports?device_id=" + server, null)
                .expect(200)
                .body()
                .get("ports");
        assertThat(ports).hasSize(1);
        var port = ports.get(0);
        assertThat(port.get("network_id")).isEqualTo(side.get("network_id"));
        assertThat(port.get("binding:host_id").asString())
                .isEqualTo(lab.site(site).computeHost());
        assertThat(port.get("binding:vif_type").asString()).isEqualTo("ovs");
        var vnf = Vnf.into(lab, site, "nova-" + site, port);
        await("the server's port is ACTIVE").atMost(PORT_LIMIT).until(vnf::active);
        return vnf;
    }

    private void aBackupIsSuggested(Path image) throws IOException {
        var ambiguous = node.call("POST", "/v1/backup-selections", Map.of("vnf", Map.of("server", "vnf-b")));
        assertThat(ambiguous.status()).as(ambiguous.body().toPrettyString()).isEqualTo(409);
        assertThat(ambiguous.body().get("code").asString()).isEqualTo("ambiguous_site");
        assertThat(ambiguous.body().get("candidates").toString()).isEqualTo("[\"b\",\"c\"]");

        var capacity = Map.of("vcpus", 64, "ram_mb", 65536, "disk_gb", 1000);
        node.call("PATCH", "/v1/sites/d", Map.of("capacity", capacity)).expect(200);
        var bare = candidate("d");
        assertThat(bare.at("/flavor").asString()).isEqualTo("copyable");
        assertThat(bare.at("/image").asString()).isEqualTo("copyable");

        var instance = new LabNova(lab, "d");
        instance.createFlavor("called-otherwise", VCPUS, RAM_MB, DISK_GB);
        instance.createImage("called-otherwise", image);
        var prepared = candidate("d");
        assertThat(prepared.at("/flavor").asString()).isEqualTo("present");
        assertThat(prepared.at("/image").asString()).isEqualTo("present");
    }

    private JsonNode candidate(String site) {
        var choice = node.call("POST", "/v1/backup-selections", Map.of("vnf", Map.of("server", "vnf-b", "site", "b")))
                .expect(200)
                .body();
        assertThat(choice.at("/vnf/resources").toString())
                .isEqualTo("{\"vcpus\":%d,\"ram_mb\":%d,\"disk_gb\":%d}".formatted(VCPUS, RAM_MB, DISK_GB));
        return choice.get("candidates")
                .valueStream()
                .filter(each -> each.get("site").asString().equals(site))
                .findFirst()
                .orElseThrow(() -> new AssertionError(choice.toPrettyString()));
    }

    private void nova(String action) {
        Command.run(Duration.ofMinutes(3), lab.labCommand(), "nova", action).orFail();
    }
}
