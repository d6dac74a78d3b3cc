package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.server.keystone.KeystoneAuthentication;
import io.isthmus.server.keystone.KeystoneSettings;
import io.isthmus.southbound.Credential;
import io.isthmus.southbound.openstack.FakeKeystone;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Sends every operation of the contract with every kind of token. What is expected is said here once more, by the kind of
 * operation and not line by line, so that a slip in {@link Policy} is seen.
 */
final class PolicyTest extends ApiTest {
    private static final Credential.KeystonePassword SERVICE =
            new Credential.KeystonePassword("isthmus", "secret", "Default", "service", "Default");

    private final FakeKeystone keystone = new FakeKeystone().withUser(SERVICE, true);
    private final KeystoneAuthentication authentication = new KeystoneAuthentication(
            new KeystoneSettings(keystone.authUrl(), "openstack", KeystoneSettings.REMEMBERED_FOR),
            id -> Optional.of(SERVICE),
            InstantSource.system());

    @Override
    Authentication authentication() {
        return authentication;
    }

    @AfterEach
    void stopKeystone() {
        authentication.close();
        keystone.close();
    }

    private enum Who {
        NOBODY,
        UNKNOWN,
        UNSCOPED,
        OF_A_DOMAIN,
        WITHOUT_A_ROLE,
        READER,
        MEMBER,
        ADMIN,
        FOREIGN_READER,
        FOREIGN_MEMBER,
        FOREIGN_ADMIN,
        SYSTEM_READER,
        SYSTEM_MEMBER,
        SYSTEM_ADMIN;

        private boolean isForeign() {
            return name().startsWith("FOREIGN");
        }

        private boolean hasSystemScope() {
            return name().startsWith("SYSTEM");
        }

        /** In a project. */
        private boolean mayChange() {
            return name().endsWith("MEMBER") || isAdmin();
        }

        private boolean isAdmin() {
            return name().endsWith("ADMIN");
        }
    }

    private String token(Who who) {
        return switch (who) {
            case NOBODY -> "";
            case UNKNOWN -> "gAAAAA-never-given";
            case UNSCOPED -> keystone.tokenOf("u", Map.of());
            case OF_A_DOMAIN -> keystone.tokenOf("u", Map.of("domain", Map.of("id", "default")), "admin");
            case WITHOUT_A_ROLE -> keystone.tokenOf("u", "p1", "creator");
            case READER -> keystone.tokenOf("r", "p1", "reader");
            case MEMBER -> keystone.tokenOf("m", "p1", "member", "reader");
            // Without the roles that Keystone usually adds.
            case ADMIN -> keystone.tokenOf("a", "p1", "admin");
            case FOREIGN_READER -> keystone.tokenOf("fr", "p2", "reader");
            case FOREIGN_MEMBER -> keystone.tokenOf("fm", "p2", "member", "reader");
            case FOREIGN_ADMIN -> keystone.tokenOf("fa", "p2", "admin", "member", "reader");
            case SYSTEM_READER -> keystone.systemTokenOf("sr", "reader");
            case SYSTEM_MEMBER -> keystone.systemTokenOf("sm", "member", "reader");
            case SYSTEM_ADMIN -> keystone.systemTokenOf("sa", "admin", "member", "reader");
        };
    }

    /** An operation of the contract. */
    private record Operation(String id, String method, String path, String tag, boolean hasBody) {
        boolean isRead() {
            return method.equals("GET") || onlyAnswers();
        }

        /** A question that needs a body: it changes nothing. */
        private boolean onlyAnswers() {
            return path.equals("/v1/backup-selections") || path.equals("/v1/backup-plans");
        }

        boolean isOnOne() {
            return path.contains("{id}");
        }
    }

    private static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        for (var path : Contract.SERVED.document().required("paths").properties()) {
            for (var method : path.getValue().properties()) {
                var operation = method.getValue();
                if (operation.has("operationId")) {
                    operations.add(new Operation(
                            operation.required("operationId").asString(),
                            method.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            operation.required("tags").get(0).asString(),
                            operation.has("requestBody")));
                }
            }
        }
        return operations;
    }

    /** The code of the refusal; empty where the policy lets the request pass. */
    private static String refusal(Operation operation, Who who) {
        if (operation.tag().equals("service")) {
            return "";
        }
        return switch (who) {
            case NOBODY, UNKNOWN -> "unauthenticated";
            case UNSCOPED, OF_A_DOMAIN -> "wrong_scope";
            case WITHOUT_A_ROLE -> "forbidden";
            default ->
                switch (operation.tag()) {
                    case "quotas" -> ofQuotas(operation, who);
                    case "observability" -> ofObservers(who);
                    case "sites", "links" -> ofOperators(operation, who);
                    default -> ofProjects(operation, who);
                };
        };
    }

    private static String ofOperators(Operation operation, Who who) {
        return operation.isRead() || who.isAdmin() ? "" : "forbidden";
    }

    private static String ofQuotas(Operation operation, Who who) {
        if (!operation.isRead()) {
            return who.isAdmin() ? "" : "forbidden";
        }
        return operation.isOnOne() && who.isForeign() && !who.isAdmin() ? "quota_not_found" : "";
    }

    /** They see what belongs to all projects. */
    private static String ofObservers(Who who) {
        return who.hasSystemScope() || who.isAdmin() ? "" : "forbidden";
    }

    private static String ofProjects(Operation operation, Who who) {
        var absent = operation.tag().substring(0, operation.tag().length() - 1) + "_not_found";
        if (operation.isRead()) {
            return operation.isOnOne() && who.isForeign() ? absent : "";
        }
        if (!operation.isOnOne()) {
            return who.hasSystemScope() ? "wrong_scope" : who.mayChange() ? "" : "forbidden";
        }
        if (who.hasSystemScope()) {
            return who.isAdmin() ? "" : "forbidden";
        }
        return !who.mayChange() ? "forbidden" : who.isForeign() ? absent : "";
    }

    @TestFactory
    Stream<DynamicTest> everyOperationWithEveryKindOfToken() {
        var ids = things();
        return operations().stream()
                .flatMap(operation -> Stream.of(Who.values())
                        .map(who -> DynamicTest.dynamicTest(
                                "%s by %s: %s".formatted(operation.id(), who, refusal(operation, who)),
                                () -> check(operation, who, ids))));
    }

    private Map<String, String> things() {
        var admin = token(Who.ADMIN);
        var member = token(Who.MEMBER);
        for (var site : new String[] {"b", "d"}) {
            post("/v1/sites", site(site), "X-Auth-Token", admin).with(201);
        }
        var link = post(
                "/v1/links",
                "{\"a_site\": \"b\", \"z_site\": \"d\", \"latency_ms\": 5, \"capacity_mbps\": 1000}",
                "X-Auth-Token",
                admin);
        var endpoint = post("/v1/endpoints", example("endpoint_b"), "X-Auth-Token", member);
        var connection = post("/v1/connections", bToD(), "X-Auth-Token", member);
        return Map.of(
                "quotas",
                "p1",
                "sites",
                "b",
                "links",
                link.with(201).text("id"),
                "endpoints",
                endpoint.with(201).text("id"),
                "connections",
                connection.with(202).text("id"),
                "operations",
                connection.text("operation_id"));
    }

    private void check(Operation operation, Who who, Map<String, String> ids) {
        var answer = send(operation, token(who), ids);
        var refusal = refusal(operation, who);
        if (!refusal.isEmpty()) {
            answer.isProblem(ProblemCode.of(refusal).orElseThrow().status(), refusal, "");
        } else {
            // Let pass, it may be wrong for other reasons: the body is empty, the revision is not the present one.
            assertThat(answer.status()).as(String.valueOf(answer.body())).isIn(200, 202, 400, 409, 412);
        }
        assertThat(answer.header("www-authenticate"))
                .isEqualTo(answer.status() == 401 ? "Keystone uri='" + keystone.authUrl() + "'" : "");
        if (operation.isRead() && answer.status() == 200 && who.isForeign() && !operation.isOnOne()) {
            assertThat(answer.body().toString()).doesNotContain(ids.get("connections"), ids.get("endpoints"));
        }
    }

    private Answer send(Operation operation, String token, Map<String, String> ids) {
        var headers = new ArrayList<>(List.of("If-Match", "\"999999\""));
        if (!token.isEmpty()) {
            headers.addAll(List.of("X-Auth-Token", token));
        }
        var mediaType = operation.method().equals("PATCH") ? "application/merge-patch+json" : "application/json";
        return raw(
                operation.method(),
                operation.path().replace("{id}", ids.getOrDefault(operation.tag(), "")),
                operation.hasBody() ? "{}" : "",
                mediaType,
                headers.toArray(String[]::new));
    }

    @Test
    void onlyAdministratorsSeeHowGatewaysAreManaged() {
        things();
        for (var who : Who.values()) {
            var answer = get("/v1/sites/b", "X-Auth-Token", who == Who.NOBODY ? "x" : token(who));
            if (answer.status() == 200) {
                assertThat(management(answer).isNull()).as(who.toString()).isEqualTo(!who.isAdmin());
            }
        }
    }

    private static JsonNode management(Answer answer) {
        return answer.body().required("gateways").get(0).required("management");
    }

    @Test
    void whatIsCreatedBelongsToTheTokensProject() {
        things();
        var made = post("/v1/endpoints", example("endpoint_b"), "X-Auth-Token", token(Who.FOREIGN_MEMBER));
        assertThat(made.with(201).text("project_id")).isEqualTo("p2");
    }

    @Test
    void aStoredReplyIsGivenOnlyToWhomTheRequestIsAllowed() {
        things();
        var key = "k1";
        post("/v1/endpoints", example("endpoint_b"), "X-Auth-Token", token(Who.MEMBER), "Idempotency-Key", key)
                .with(201);
        post("/v1/endpoints", example("endpoint_b"), "X-Auth-Token", token(Who.READER), "Idempotency-Key", key)
                .isProblem(403, "forbidden", "");
    }

    @Test
    void aKeystoneThatDoesNotAnswerIsNotTheCallersFault() {
        keystone.close();
        var answer = get("/v1/sites", "X-Auth-Token", "any");
        answer.isProblem(503, "keystone_unavailable", "");
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(answer.text("hint")).contains(keystone.authUrl().toString());
        get("/ready").with(200);
    }
}
