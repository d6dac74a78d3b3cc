package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people get to see of others' networks and of anybody's secrets, with real Keystones and Neutrons: nothing. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StrangersLabTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String PLANTED = "planted-password-5c1d77e0";
    private static final String WRONG = "planted-wrong-password-88ab12";

    private final LabDescription lab = LabDescription.read();
    private final List<String> said = new ArrayList<>();
    private Path directory = Path.of("");
    private String admin = "";
    private IsthmusNode node;

    @BeforeAll
    void startNode(@TempDir Path temporary) {
        directory = temporary;
        node = IsthmusNode.start(
                lab,
                directory,
                "--auth",
                "keystone",
                "--keystone-url",
                lab.keystone().authUrl(),
                "--keystone-credential",
                "openstack",
                "--credential-key",
                directory.resolve("key").toString(),
                "--create-credential-key");
        admin = Tokens.inProject(lab, lab.keystone().admin());
        node.registerExample(Map.of("X-Auth-Token", admin));
    }

    @AfterAll
    void stopNode() {
        if (node != null) {
            node.close();
        }
    }

    private Http.Reply as(String token, String method, String path, @Nullable Object body) {
        return node.call(method, path, body, Map.of("X-Auth-Token", token));
    }

    /** The connection once it is active or failed. */
    private JsonNode settled(String token, JsonNode ordered) {
        return node.call(
                        "GET",
                        "/v1/connections/" + ordered.get("id").asString() + "?wait=active&timeout_s=60",
                        null,
                        Map.of("X-Auth-Token", token))
                .expect(200)
                .body();
    }

    @Test
    void aMemberJoinsANetworkOfAnotherProjectOnlyIfItsOwnerLetsThem() {
        var before = World.snapshot(lab);
        var member = Tokens.inProject(lab, lab.keystone().demo());
        var neutron = new Neutron(lab, "b");
        var fields = Map.of(
                "name", "somebody-elses",
                "provider:network_type", "vlan",
                "provider:physical_network", "interdc",
                "provider:segmentation_id", 2970,
                "mtu", 1450);
        var theirs = neutron.call("POST", "/networks", Map.of("network", fields))
                .expect(201)
                .body()
                .at("/network/id")
                .asString();
        try {
            var order = new HashMap<String, Object>(IsthmusNode.stretched("b", "d", "10.78.0.0/24"));
            order.put("local_endpoint", Map.of("site", "b", "network", Map.of("network_id", theirs)));
            var pool = Map.of("start", "10.78.0.128", "end", "10.78.0.254");
            var remote = Map.of("create", Map.of("cidr", "10.78.0.0/24", "allocation_pool", pool));
            order.put("remote_endpoint", Map.of("site", "d", "network", remote));
            var refused = settled(
                    member,
                    as(member, "POST", "/v1/connections", order).expect(202).body());
            assertThat(refused.get("status").asString())
                    .as(refused.toPrettyString())
                    .isEqualTo("rolled_back");
            assertThat(refused.at("/last_error/code").asString()).isEqualTo("network_not_found");
            assertThat(refused.toString()).doesNotContain("somebody-elses").doesNotContain("2970");
            var consent = "isthmus-project=" + refused.get("project_id").asString();
            assertThat(refused.at("/last_error/hint").asString()).contains(consent);
            deleteAndWait(member, refused);

            neutron.call("PUT", "/networks/" + theirs + "/tags", Map.of("tags", List.of(consent)))
                    .expect(200);
            var joined = settled(
                    member,
                    as(member, "POST", "/v1/connections", order).expect(202).body());
            assertThat(joined.get("status").asString())
                    .as(joined.toPrettyString())
                    .isEqualTo("active");
            deleteAndWait(member, joined);
        } finally {
            neutron.call("DELETE", "/networks/" + theirs, null).expect(204);
        }
        assertThat(World.snapshot(lab)).containsExactlyElementsOf(before);
    }

    private void deleteAndWait(String token, JsonNode connection) {
        var path = "/v1/connections/" + connection.get("id").asString();
        as(token, "DELETE", path, null).expect(202);
        org.awaitility.Awaitility.await(path + " is gone")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> as(token, "GET", path, null).status() == 404);
    }

    @Test
    void noSecretOfTheLabIsInTheNodesLogAndStoreOrInWhatTheCommandSays() throws IOException {
        try (var _ = LabUser.create(lab.keystone(), "planted", PLANTED)) {
            work();
        }
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                said.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        said.add(Files.readString(node.log()));
        for (var path : List.of("/v1/audit?limit=200", "/v1/events", "/v1/operations", "/v1/credentials", "/metrics")) {
            said.add(as(admin, "GET", path, null).raw().body());
        }
        var everything = String.join("\n", said);
        assertThat(everything)
                .as("the run left traces")
                .contains("SQLite format 3", "createConnection", "connection.created", "secret-b-d", "POST");
        for (var secret : secrets()) {
            // Names of the lab's folder and of hosts are like its passwords, so what stands in a path does not count.
            assertThat(Pattern.compile("(?<![/\\w-])" + Pattern.quote(secret) + "(?![\\w-])")
                            .matcher(everything)
                            .find())
                    .as(secret)
                    .isFalse();
        }
    }

    private List<String> secrets() throws IOException {
        var secrets = new ArrayList<>(List.of(PLANTED, WRONG, admin));
        for (var keystone : lab.keystones()) {
            for (var user : List.of(keystone.admin(), keystone.isthmus(), keystone.demo(), keystone.reader())) {
                secrets.add(user.password());
            }
        }
        var key = Files.readAllLines(Path.of(lab.site("b").gateway().privateKeyFile()));
        secrets.addAll(key.stream().filter(line -> !line.startsWith("-----")).toList());
        return secrets;
    }

    /** A connection's whole life by the command, with a credential that is wrong for a while; people log in at the console. */
    private void work() throws IOException {
        var secret = Files.writeString(directory.resolve("planted"), PLANTED);
        var wrong = Files.writeString(directory.resolve("wrong"), WRONG);
        var project = lab.keystone().isthmus().projectName();
        var kind =
                List.of("planted", "--kind", "keystone_password", "--username", "planted", "--project-name", project);
        isthmus(lab.keystone().admin(), 0, words("credential", "create", kind, "--secret-file", secret.toString()));
        as(admin, "PATCH", "/v1/sites/b", Map.of("cloud", Map.of("credential_id", "planted")))
                .expect(200);
        var member = lab.keystone().demo();
        isthmus(member, 0, List.of("connect", "b", "d", "--cidr", "10.79.0.0/24", "--name", "secret-b-d", "--wait"));
        isthmus(member, 0, List.of("verify", "secret-b-d"));
        isthmus(lab.keystone().admin(), 0, words("credential", "set", kind, "--secret-file", wrong.toString()));
        isthmus(member, 1, List.of("diagnose", "secret-b-d"));
        isthmus(lab.keystone().admin(), 0, words("credential", "set", kind, "--secret-file", secret.toString()));
        var gathered = directory.resolve("gathered.tar.gz");
        isthmus(lab.keystone().admin(), 0, List.of("gather", "--no-diagnosis", "--output", gathered.toString()));
        try (var in = new GZIPInputStream(Files.newInputStream(gathered))) {
            said.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        isthmus(member, 0, List.of("connection", "delete", "secret-b-d", "--wait"));
        for (var password : List.of(WRONG, member.password())) {
            var person = Map.of("user", member.username(), "password", password, "project", member.projectName());
            var reply = node.call("POST", "/console/log-in", person, Map.of("Sec-Fetch-Site", "same-origin"));
            assertThat(reply.status()).isEqualTo(password.equals(WRONG) ? 401 : 200);
        }
    }

    private static List<String> words(String noun, String verb, List<String> more, String... last) {
        var words = new ArrayList<>(List.of(noun, verb));
        words.addAll(more);
        words.addAll(List.of(last));
        return words;
    }

    private void isthmus(LabDescription.User user, int exit, List<String> words) {
        var command = new ArrayList<>(List.of(
                "env",
                "OS_AUTH_URL=" + lab.keystone().authUrl(),
                "OS_USERNAME=" + user.username(),
                "OS_PASSWORD=" + user.password(),
                "OS_PROJECT_NAME=" + user.projectName(),
                "OS_USER_DOMAIN_NAME=" + user.userDomainName(),
                "OS_PROJECT_DOMAIN_NAME=" + user.projectDomainName(),
                "ISTHMUS_URL=" + node.url(),
                IsthmusNode.launcher().toString()));
        command.addAll(words);
        command.add("--debug");
        var ran = Command.run(LIMIT, command);
        assertThat(ran.exit()).as(words + ": " + ran.output()).isEqualTo(exit);
        said.add(ran.output());
    }
}
