package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A client that is not ours finds the controller in the catalogue of a real Keystone and works with it. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpenStackSdkLabTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final LabDescription lab = LabDescription.read();
    private IsthmusNode node;

    @BeforeAll
    void startNode(@TempDir Path directory) {
        node = IsthmusNode.start(
                lab,
                directory,
                "--auth",
                "keystone",
                "--keystone-url",
                lab.keystone().authUrl(),
                "--keystone-credential",
                "openstack");
        node.registerExample(
                Map.of("X-Auth-Token", Tokens.inProject(lab, lab.keystone().admin())));
    }

    @AfterAll
    void stopNode() {
        if (node != null) {
            node.close();
        }
    }

    private Command.Finished run(LabDescription.User user, String... words) {
        var command = new ArrayList<>(List.of(
                "env",
                "OS_AUTH_URL=" + lab.keystone().authUrl(),
                "OS_USERNAME=" + user.username(),
                "OS_PASSWORD=" + user.password(),
                "OS_PROJECT_NAME=" + user.projectName(),
                "OS_USER_DOMAIN_NAME=" + user.userDomainName(),
                "OS_PROJECT_DOMAIN_NAME=" + user.projectDomainName(),
                "OS_REGION_NAME=" + lab.site("b").regionName()));
        command.addAll(List.of(words));
        return Command.run(LIMIT, command);
    }

    private static String isthmus() {
        return IsthmusNode.launcher().toString();
    }

    @Test
    void openstacksdkListsMakesAndDeletesAConnectionThroughTheCatalogue() throws IOException {
        var before = World.snapshot(lab);
        var region = lab.site("b").regionName();
        var unknown = run(
                lab.keystone().admin(),
                isthmus(),
                "register",
                "--public-url",
                node.url().toString(),
                "--region",
                "Nowhere");
        assertThat(unknown.exit()).as(unknown.output()).isNotZero();
        assertThat(unknown.output()).contains("Nowhere");
        run(
                        lab.keystone().admin(),
                        isthmus(),
                        "register",
                        "--public-url",
                        node.url().toString(),
                        "--region",
                        region)
                .orFail();

        var ran = run(
                lab.keystone().demo(),
                "/usr/bin/python3",
                "../examples/openstacksdk/connect.py",
                "b",
                "d",
                "10.76.0.0/24");

        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(ran.output().lines())
                .contains("made b-d which is active and up", "listed ['b-d']", "left 0 connections")
                .anyMatch(line -> line.startsWith("found " + node.url()) && line.endsWith("with 0 connections"));
        assertThat(World.snapshot(lab)).containsExactlyElementsOf(before);
        neutronsLogNamesTheRequest();
    }

    /** The request that made the connection is named in Neutron's log, and in ours. */
    private void neutronsLogNamesTheRequest() throws IOException {
        var log = Files.readString(node.log());
        var requested = log.lines()
                .filter(line -> line.contains("requested: b to d"))
                .findFirst()
                .orElseThrow();
        var id = Stream.of(requested.split(" "))
                .filter(word -> word.startsWith("req-"))
                .findFirst()
                .orElseThrow();
        assertThat(log.lines().filter(line -> line.contains(id)))
                .as("lines of the engine under the request")
                .anyMatch(line -> line.contains(" active"));
        assertThat(Files.readString(neutronLog("b"))).as("Neutron's log").contains(id);
        assertThat(Files.readString(neutronLog("d"))).as("Neutron's log").contains(id);
    }

    private Path neutronLog(String site) {
        return Path.of(lab.stateDir(), "log", "neutron-%s.log".formatted(site));
    }
}
