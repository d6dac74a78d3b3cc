package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A node that knows its callers by the lab's real Keystone. Nothing here changes a site. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeystoneLabTest {
    private static final Duration REMEMBERED = Duration.ofSeconds(2);

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
                "openstack",
                "--keystone-cache",
                REMEMBERED.toSeconds() + "s");
        var admin = inProject(lab.keystone().admin());
        for (var id : new String[] {"b", "d"}) {
            as(admin, "POST", "/v1/sites", node.siteDocument(lab.site(id), Map.of()))
                    .expect(201);
        }
    }

    @AfterAll
    void stopNode() {
        if (node != null) {
            node.close();
        }
    }

    private String inProject(LabDescription.User user) {
        return Tokens.inProject(lab, user);
    }

    private String token(LabDescription.User user, Object scope) {
        return Tokens.of(lab, user, scope);
    }

    private URI tokens() {
        return Tokens.url(lab);
    }

    private Http.Reply as(String token, String method, String path) {
        return node.call(method, path, null, Map.of("X-Auth-Token", token));
    }

    private Http.Reply as(String token, String method, String path, Object body) {
        return node.call(method, path, body, Map.of("X-Auth-Token", token));
    }

    private static Map<String, Object> endpoint() {
        return Map.of("site", "b", "network", Map.of("create", Map.of("cidr", "10.99.0.0/24")));
    }

    private static String code(Http.Reply reply) {
        return reply.body().path("code").asString("");
    }

    @Test
    void aMemberCreatesAReaderLooksAndAnotherProjectSeesNothing() {
        var member = inProject(lab.keystone().demo());
        var reader = inProject(lab.keystone().reader());
        var foreign = inProject(lab.keystone().isthmus());
        JsonNode made =
                as(member, "POST", "/v1/endpoints", endpoint()).expect(201).body();
        var path = "/v1/endpoints/" + made.get("id").asString();

        as(reader, "GET", path).expect(200);
        assertThat(code(as(reader, "POST", "/v1/endpoints", endpoint()).expect(403)))
                .isEqualTo("forbidden");
        assertThat(code(as(reader, "DELETE", path).expect(403))).isEqualTo("forbidden");
        assertThat(code(as(foreign, "GET", path).expect(404))).isEqualTo("endpoint_not_found");
        as(foreign, "DELETE", path).expect(404);
        as(member, "DELETE", path).expect(204);
    }

    @Test
    void sitesAreTheAdministratorsAndSystemScopeReachesAllProjects() {
        var member = inProject(lab.keystone().demo());
        var system = token(lab.keystone().admin(), Map.of("system", Map.of("all", true)));
        var made = as(member, "POST", "/v1/endpoints", endpoint()).expect(201).body();
        var path = "/v1/endpoints/" + made.get("id").asString();

        as(member, "DELETE", "/v1/sites/d").expect(403);
        assertThat(as(member, "GET", "/v1/sites/b")
                        .body()
                        .at("/gateways/0/management")
                        .isNull())
                .isTrue();
        assertThat(as(system, "GET", "/v1/sites/b")
                        .body()
                        .at("/gateways/0/management")
                        .isObject())
                .isTrue();
        as(system, "GET", path).expect(200);
        assertThat(code(as(system, "POST", "/v1/endpoints", endpoint()).expect(403)))
                .isEqualTo("wrong_scope");
        as(system, "DELETE", path).expect(204);
    }

    @Test
    void aRevokedTokenStopsWorking() {
        var token = inProject(lab.keystone().demo());
        as(token, "GET", "/v1/connections").expect(200);
        Http.send("DELETE", tokens(), Map.of("X-Auth-Token", token, "X-Subject-Token", token), null)
                .expect(204);
        await("the token is refused")
                .atMost(REMEMBERED.plusSeconds(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> as(token, "GET", "/v1/connections").status() == 401);
    }

    @Test
    void withoutATokenOrScopeNobodyGetsIn() {
        var refused = node.call("GET", "/v1/sites", null).expect(401);
        assertThat(refused.raw().headers().firstValue("WWW-Authenticate"))
                .contains("Keystone uri='" + lab.keystone().authUrl() + "'");
        as("gAAAAABnonsense", "GET", "/v1/sites").expect(401);
        assertThat(code(as(token(lab.keystone().demo(), "unscoped"), "GET", "/v1/sites")
                        .expect(403)))
                .isEqualTo("wrong_scope");
    }
}
