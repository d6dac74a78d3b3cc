package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.store.ListQuery;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who named an endpoint's network decides whose it may be. */
@Timeout(60)
final class EndpointClaimTest extends ApiTest {
    private static final String[] ADMIN = {"X-Role", "admin"};
    private static final String[] MEMBER = {"X-Role", "member"};
    private static final String BODY = "{\"site\": \"b\", \"network\": {\"network_id\": \"n1\"}}";

    @Override
    Authentication authentication() {
        return headers -> new Caller("p1", "u1", Set.of(headers.find("X-Role").orElse("admin")), false);
    }

    @BeforeEach
    void sites() {
        addSites("b", "d");
    }

    private boolean byAdmin(String id) {
        return stores.endpoints()
                .find(UUID.fromString(id))
                .orElseThrow()
                .value()
                .byAdmin();
    }

    @Test
    void anAdministratorsEndpointMayBeAtAnybodysNetworkAndAMembersNot() {
        assertThat(byAdmin(post("/v1/endpoints", BODY, ADMIN).with(201).text("id")))
                .isTrue();
        assertThat(byAdmin(post("/v1/endpoints", BODY, MEMBER).with(201).text("id")))
                .isFalse();
    }

    @Test
    void whoeverNamesAnotherNetworkVouchesForItAndNobodyElse() {
        var id = post("/v1/endpoints", BODY, MEMBER).with(201).text("id");
        patch("/v1/endpoints/" + id, "{\"name\": \"mine\"}", ADMIN).with(200);
        assertThat(byAdmin(id)).isFalse();
        patch("/v1/endpoints/" + id, "{\"network\": {\"network_id\": \"n2\"}}", ADMIN)
                .with(200);
        assertThat(byAdmin(id)).isTrue();
        patch("/v1/endpoints/" + id, "{\"name\": \"ours\"}", MEMBER).with(200);
        assertThat(byAdmin(id)).isTrue();
        patch("/v1/endpoints/" + id, "{\"site\": \"d\"}", MEMBER).with(200);
        assertThat(byAdmin(id)).isFalse();
    }

    @Test
    void theEndsOfAConnectionAreNamedByWhoOrdersIt() {
        var ends = JSON.readTree(BODY);
        var order = JSON.createObjectNode().put("service", "l2");
        order.set("local_endpoint", ends);
        order.set("remote_endpoint", JSON.readTree(BODY.replace("\"b\"", "\"d\"")));
        post("/v1/connections", order, MEMBER).with(202);
        assertThat(stores.endpoints().list(ListQuery.ALL))
                .hasSize(2)
                .noneMatch(endpoint -> endpoint.value().byAdmin());
    }
}
