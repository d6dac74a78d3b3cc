package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Sites, links and endpoints. */
final class InventoryTest extends ApiTest {
    @BeforeEach
    void sites() {
        addSites("a", "b");
    }

    @Test
    void removingWhatNothingHasIsRefusedLikeAnyUnknownField() throws Exception {
        patch("/v1/sites/b", "{\"x\":null}").isProblem(400, "unknown_field", "/x");
        patch("/v1/sites/b", "{\"location\":null}").with(200);
        patch("/v1/sites/b", "{\"location\":null,\"capacity\":null}").with(200);
    }

    @Test
    void aSiteIsShownAsItWasAdded() {
        var site = get("/v1/sites/b").with(200);
        assertThat(site.text("cloud", "vlan_range")).isEqualTo("2000-2999");
        assertThat(site.body().at("/gateways/0/management/host").asString()).isEqualTo("192.0.2.11");
        assertThat(site.text("status")).isEqualTo("unknown");
        assertThat(site.header("etag")).isEqualTo("\"1\"");
        post("/v1/sites", site("b")).isProblem(409, "id_taken", "/id");
    }

    @Test
    void aSiteIsChangedByMergePatchAndReplacedWhole() {
        var changed = patch(
                        "/v1/sites/b",
                        "{\"admin_state_up\":false,\"location\":null,\"cloud\":{\"vlan_range\":\"3000-3100\"}}",
                        "If-Match",
                        "\"1\"")
                .with(200);
        assertThat(changed.text("status")).isEqualTo("maintenance");
        assertThat(changed.text("cloud", "vlan_range")).isEqualTo("3000-3100");
        assertThat(changed.text("cloud", "region_name")).isEqualTo("RegionB");
        assertThat(changed.body().get("location").isNull()).isTrue();
        patch("/v1/sites/b", "{}", "If-Match", "\"1\"").isProblem(412, "stale_revision", "");
        patch("/v1/sites/b", "{\"colour\":1}").isProblem(400, "unknown_field", "/colour");
        patch("/v1/sites/b", "{\"status\":\"online\"}").isProblem(400, "read_only_field", "/status");
        patch("/v1/sites/b", "{\"cloud\":null}").isProblem(400, "missing_field", "/cloud");
        patch("/v1/sites/b", "[]").isProblem(400, "wrong_type", "");
        put("/v1/sites/b", site("b"), "If-Match", "*").with(200);
        put("/v1/sites/b", site("c")).isProblem(400, "invalid_value", "/id");
        put("/v1/sites/b", site("b"), "If-Match", "x").isProblem(400, "invalid_parameter", "If-Match");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/id | \"B!\" | invalid_value | /id",
                "/id | 7 | wrong_type | /id",
                "/cloud/kind | \"galaxy\" | invalid_value | /cloud/kind",
                "/cloud/auth_url | \"ftp://x\" | invalid_value | /cloud/auth_url",
                "/cloud/auth_url | \"http://u:p@x/\" | invalid_value | /cloud/auth_url",
                "/cloud/vlan_range | \"1-5000\" | invalid_value | /cloud/vlan_range",
                "/cloud/password | \"x\" | unknown_field | /cloud/password",
                "/gateways/0/asn | 0 | invalid_value | /gateways/0/asn",
                "/gateways/0/asn | 1.5 | wrong_type | /gateways/0/asn",
                "/gateways/0/max_mtu | 99999999999 | invalid_value | /gateways/0/max_mtu",
                "/gateways/0/tunnel_address | \"10.0.0.0/8\" | invalid_value | /gateways/0/tunnel_address",
                "/gateways/0/driver | \"abacus\" | invalid_value | /gateways/0/management",
                "/gateways/0/management | {\"host\":[]} | wrong_type | /gateways/0/management/host",
                "/location/latitude | 91 | invalid_value | /location/latitude",
                "/tags | [\"\"] | invalid_value | /tags",
                "/tags | \"x\" | wrong_type | /tags",
                "/admin_state_up | \"yes\" | wrong_type | /admin_state_up",
            })
    void whatIsWrongWithASiteIsNamed(String place, String value, String code, String pointer) {
        var site = site("c");
        var last = place.lastIndexOf('/');
        ((ObjectNode) (last == 0 ? site : site.at(place.substring(0, last))))
                .set(place.substring(last + 1), JSON.readTree(value));
        post("/v1/sites", site).isProblem(400, code, pointer);
    }

    @Test
    void severalUnknownFieldsAreAllNamed() {
        var site = site("c").put("x", 1).put("y", 2);
        assertThat(post("/v1/sites", site).with(400).body().get("errors")).hasSize(2);
    }

    @Test
    void aLinkJoinsTwoKnownSites() {
        var link = post("/v1/links", example("link_a_b")).with(201);
        assertThat(link.body().get("reserved_mbps").asInt()).isZero();
        var path = link.header("location");
        assertThat(get(path).with(200).body()).isEqualTo(link.body());
        assertThat(get("/v1/links?a_site=a").with(200).body().get("links")).hasSize(1);
        patch(path, "{\"capacity_mbps\":2000}").with(200);
        put(path, example("link_a_b"), "If-Match", "\"2\"").with(200);
        delete("/v1/sites/a").isProblem(409, "in_use", "");
        delete(path, "If-Match", "\"1\"").with(412);
        delete(path).with(204);
        delete(path).with(404);
        get("/v1/links/not-an-id").isProblem(404, "link_not_found", "");
        delete("/v1/sites/a").with(204);
        get("/v1/sites/a").with(404);
    }

    @Test
    void aSiteMayBeNamedByIdNameOrCloud() {
        var link = example("link_a_b").put("a_site", "Site A");
        link.putObject("z_site").put("region_name", "RegionB").put("auth_url", "https://keystone.example/v3/");
        assertThat(post("/v1/links", link).with(201).text("z_site")).isEqualTo("b");
        link.putObject("z_site").put("region_name", "RegionX");
        post("/v1/links", link).isProblem(404, "site_not_found", "/z_site/region_name");
        link.putObject("z_site").put("auth_url", "https://keystone.example/v3");
        var several = post("/v1/links", link);
        several.isProblem(409, "ambiguous_site", "/z_site");
        assertThat(several.body().get("candidates").toString()).isEqualTo("[\"a\",\"b\"]");
        link.put("z_site", "nowhere");
        post("/v1/links", link).isProblem(404, "site_not_found", "/z_site");
        link.putObject("z_site");
        post("/v1/links", link).isProblem(400, "invalid_value", "/z_site");
        link.put("z_site", "a");
        post("/v1/links", link).with(400);
    }

    @Test
    void anEndpointIsOfItsProject() {
        var endpoint = post("/v1/endpoints", example("endpoint_b"), "X-Project-Id", "p1")
                .with(201);
        assertThat(endpoint.text("project_id")).isEqualTo("p1");
        assertThat(endpoint.text("status")).isEqualTo("unused");
        var path = endpoint.header("location");
        get(path, "X-Project-Id", "p2").isProblem(404, "endpoint_not_found", "");
        delete(path, "X-Project-Id", "p2").with(404);
        assertThat(get("/v1/endpoints", "X-Project-Id", "p2").body().get("endpoints"))
                .isEmpty();
        assertThat(get("/v1/endpoints").body().get("endpoints")).hasSize(1);
        get("/v1/endpoints?project_id=p1", "X-Project-Id", "p2").with(403);
        patch(path, "{\"name\":\"n\",\"network\":{\"create\":null,\"network_id\":\"net-1\"}}")
                .with(200);
        put(path, example("endpoint_b")).with(200);
        delete(path).with(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | missing_field | /network",
                "{\"create\":{\"cidr\":\"10.0.0.0/24\"},\"network_id\":\"n\"} | invalid_value | /network",
                "{\"create\":{\"cidr\":\"10.0.0.1/24\"}} | host_bits | /network/create/cidr",
                "{\"create\":{\"cidr\":\"10.0.0.0\"}} | invalid_value | /network/create/cidr",
                "{\"create\":{\"cidr\":\"10.0.0.0/24\",\"gateway_ip\":\"10.0.1.1\"}} | invalid_value | /network/create/gateway_ip",
                "{\"create\":{\"cidr\":\"10.0.0.0/24\",\"allocation_pool\":{\"start\":\"10.0.0.9\",\"end\":\"10.0.0.2\"}}} | invalid_value | /network/create/allocation_pool",
                "{\"router_id\":\"r\",\"prefixes\":[\"10.0.0.0/8\",\"x\"]} | invalid_value | /network/prefixes/1",
                "{\"external_network_id\":\"x\"} | missing_field | /network/cidr",
                "7 | wrong_type | /network",
            })
    void whatIsWrongWithANetworkIsNamed(String network, String code, String pointer) {
        var endpoint = example("endpoint_b");
        endpoint.set("network", JSON.readTree(network));
        post("/v1/endpoints", endpoint).isProblem(400, code, pointer);
    }

    @Test
    void hostBitsAreAnsweredWithTheCidrThatWasMeant() {
        var endpoint = example("endpoint_b");
        ((ObjectNode) endpoint.at("/network/create")).put("cidr", "10.20.0.7/24");
        assertThat(post("/v1/endpoints", endpoint).with(400).text("detail")).contains("10.20.0.0/24");
    }
}
