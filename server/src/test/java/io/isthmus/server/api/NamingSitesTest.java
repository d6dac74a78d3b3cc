package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every place of the contract that names a site takes an id, a name, and a selector as object or text. */
final class NamingSitesTest extends ApiTest {

    /** The kinds of the worked example: a region, two cells of one region, an instance. */
    @BeforeEach
    void addKinds() {
        post("/v1/sites", kind("a", "region", "https://keystone.example/v3", "RegionA", ""))
                .with(201);
        post("/v1/sites", kind("b", "cell", "https://keystone.example/v3", "RegionBC", "cell-b"))
                .with(201);
        post("/v1/sites", kind("c", "cell", "https://keystone.example/v3", "RegionBC", "cell-c"))
                .with(201);
        post("/v1/sites", kind("d", "instance", "https://keystone-d.example/v3", "RegionOne", ""))
                .with(201);
    }

    private static ObjectNode kind(String id, String kind, String authUrl, String region, String cell) {
        var site = site(id);
        var cloud = (ObjectNode) site.get("cloud");
        cloud.put("kind", kind).put("auth_url", authUrl).put("region_name", region);
        if (!cell.isEmpty()) {
            cloud.put("cell", cell);
        }
        return site;
    }

    private static ObjectNode endpoint(JsonNode site) {
        var endpoint = JSON.createObjectNode();
        endpoint.set("site", site);
        endpoint.putObject("network").putObject("create").put("cidr", "10.20.0.0/24");
        return endpoint;
    }

    private static ObjectNode connection(JsonNode local, JsonNode remote) {
        var connection = JSON.createObjectNode();
        connection.set("local_endpoint", endpoint(local));
        connection.set("remote_endpoint", endpoint(remote));
        return connection;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "b"                                                        | b
                    "Site B"                                                   | b
                    "cell:cell-c"                                              | c
                    "region:RegionA"                                           | a
                    "region:RegionBC,cell:cell-b"                              | b
                    "auth_url:https://keystone-d.example"                      | d
                    {"cell": "cell-c"}                                         | c
                    {"region_name": "RegionOne"}                               | d
                    {"region_name": "RegionBC", "cell": "cell-b"}              | b
                    {"auth_url": "https://keystone-d.example/v3/"}             | d
                    {"auth_url": "https://keystone.example", "cell": "cell-c"} | c
                    """)
    void anEndpointsSiteIsFound(String site, String id) {
        var made = post("/v1/endpoints", endpoint(JSON.readTree(site))).with(201);
        assertThat(made.text("site")).isEqualTo(id);
        var changed = patch(
                "/v1/endpoints/" + made.text("id"),
                JSON.createObjectNode().set("site", JSON.readTree(site)).toString());
        assertThat(changed.with(200).text("site")).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"cell": "cell-x"}                                | 404 | site_not_found | /cell        | cell-b, cell-c | a b c d
                    {"region_name": "RegionB"}                        | 404 | site_not_found | /region_name | RegionBC       | a b c d
                    {"region_name": "RegionA", "cell": "cell-b"}      | 404 | site_not_found | /cell        | cell-b         | a
                    {"auth_url": "http://keystone.example/v3"}        | 404 | site_not_found | /auth_url    | https://       | a b c d
                    {"region_name": "RegionBC"}                       | 409 | ambiguous_site | ''           | b, c           | b c
                    {"auth_url": "https://keystone.example/v3"}       | 409 | ambiguous_site | ''           | a, b, c        | a b c
                    "region:RegionBC"                                 | 409 | ambiguous_site | ''           | b, c           | b c
                    "cell:cell-x"                                     | 404 | site_not_found | ''           | cell-x         | a b c d
                    "Site Q"                                          | 404 | site_not_found | ''           | Site Q         | a b c d
                    "nowhere"                                         | 404 | site_not_found | ''           | nowhere        | ''
                    {}                                                | 400 | invalid_value  | ''           | auth_url       | ''
                    {"cell": ""}                                      | 400 | invalid_value  | /cell        | cell           | ''
                    {"cell": "cell-b", "zone": "x"}                   | 400 | unknown_field  | /zone        | zone           | ''
                    "cell:"                                           | 400 | invalid_value  | ''           | cell           | ''
                    7                                                 | 400 | wrong_type     | ''           | text           | ''
                    """)
    void aMissOrAnAmbiguityNamesThePartAndTheCandidates(
            String site, int status, String code, String part, String said, String candidates) {
        var answer = post("/v1/connections", connection(JSON.readTree("\"d\""), JSON.readTree(site)));
        answer.isProblem(status, code, "/remote_endpoint/site" + part);
        assertThat(answer.text("detail")).contains(said);
        assertThat(names(answer.body().path("candidates")))
                .containsExactlyElementsOf(candidates.isEmpty() ? List.of() : List.of(candidates.split(" ")));
        assertThat(get("/v1/connections").body().path("connections")).isEmpty();
    }

    @Test
    void thePathOfAConnectionNamesSitesInEveryWay() {
        var wanted = connection(JSON.readTree("{\"cell\": \"cell-b\"}"), JSON.readTree("\"region:RegionOne\""));
        wanted.putObject("path")
                .putArray("avoid_sites")
                .add("cell:cell-c")
                .addObject()
                .put("region_name", "RegionA");
        var made = post("/v1/connections", wanted).with(202);
        assertThat(names(made.body().at("/path/avoid_sites"))).containsExactly("c", "a");
        assertThat(made.text("sides", "local", "site")).isEqualTo("b");
        assertThat(made.text("sides", "remote", "site")).isEqualTo("d");

        wanted.putObject("path").putArray("avoid_sites").add("a").addObject().put("cell", "cell-x");
        post("/v1/connections", wanted).isProblem(404, "site_not_found", "/path/avoid_sites/1/cell");
        wanted.putObject("path").putArray("avoid_sites").add("a").add("region:RegionBC");
        post("/v1/connections", wanted).isProblem(409, "ambiguous_site", "/path/avoid_sites/1");
    }

    @Test
    void theEndsOfALinkAreNamedInEveryWay() {
        var made = post(
                        "/v1/links",
                        "{\"a_site\": {\"cell\": \"cell-c\"}, \"z_site\": \"region:RegionOne\", \"latency_ms\": 5,"
                                + " \"capacity_mbps\": 1000}")
                .with(201);
        assertThat(made.text("a_site")).isEqualTo("c");
        assertThat(made.text("z_site")).isEqualTo("d");
        assertThat(get("/v1/links?a_site=cell:cell-c&z_site=Site%20D").body().path("links"))
                .hasSize(1);
        assertThat(get("/v1/links?a_site=cell:cell-b").body().path("links")).isEmpty();
        get("/v1/links?z_site=cell:cell-x").isProblem(404, "site_not_found", "");
    }

    @ParameterizedTest
    @CsvSource({
        "cell:cell-b, 1, 1",
        "'region:RegionBC,cell:cell-b', 1, 1",
        "b, 1, 1",
        "Site%20B, 1, 1",
        "region:RegionOne, 1, 1",
        "cell:cell-c, 0, 0",
        "nowhere, 0, 0"
    })
    void listsAreFilteredBySite(String site, int endpoints, int connections) {
        post("/v1/connections", connection(JSON.readTree("\"b\""), JSON.readTree("\"d\"")))
                .with(202);
        assertThat(get("/v1/endpoints?site=" + site).with(200).body().path("endpoints"))
                .hasSize(endpoints);
        assertThat(get("/v1/connections?site=" + site).with(200).body().path("connections"))
                .hasSize(connections);
    }

    @Test
    void aFilterByASelectorThatFindsNoOneSiteIsRefused() {
        for (var collection : new String[] {"endpoints", "connections"}) {
            get("/v1/" + collection + "?site=cell:cell-x").isProblem(404, "site_not_found", "");
            get("/v1/" + collection + "?site=region:RegionBC").isProblem(409, "ambiguous_site", "");
            get("/v1/" + collection + "?site=cell:").isProblem(400, "invalid_value", "");
        }
    }

    @Test
    void sitesAreListedByTheirCloud() {
        assertThat(ids("cell=cell-b")).containsExactly("b");
        assertThat(ids("region_name=RegionBC")).containsExactly("b", "c");
        assertThat(ids("region_name=RegionBC&cell=cell-c")).containsExactly("c");
        assertThat(ids("auth_url=https://keystone-d.example/v3")).containsExactly("d");
        assertThat(ids("cloud_kind=instance")).containsExactly("d");
        assertThat(ids("cell=cell-x")).isEmpty();
    }

    @Test
    void anotherCellOrNetworkServiceIsRefusedWhileConnectionsEndThere() {
        post("/v1/connections", connection(JSON.readTree("\"b\""), JSON.readTree("\"d\"")))
                .with(202);
        patch("/v1/sites/b", "{\"cloud\": {\"cell\": \"cell-z\"}}").with(409);
        patch("/v1/sites/b", "{\"cloud\": {\"network_service_name\": \"other\"}}")
                .with(409);
        patch("/v1/sites/b", "{\"cloud\": {\"endpoint_interface\": \"internal\"}}")
                .with(200);
        patch("/v1/sites/c", "{\"cloud\": {\"cell\": \"cell-z\"}}").with(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"endpoint_interface": "backdoor"}                             | /cloud/endpoint_interface
                    {"network_endpoint_override": "neutron"}                       | /cloud/network_endpoint_override
                    {"network_endpoint_override": "http://u:p@neutron.example"}    | /cloud/network_endpoint_override
                    {"ca_certificate": "not a certificate"}                        | /cloud/ca_certificate
                    {"ca_certificate": "-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----\\n"} | /cloud/ca_certificate
                    """)
    void whatCannotBeUsedToReachACloudIsRefused(String cloud, String pointer) {
        patch("/v1/sites/a", "{\"cloud\": %s}".formatted(cloud)).isProblem(400, "invalid_value", pointer);
    }

    private List<String> ids(String query) {
        var ids = new java.util.ArrayList<String>();
        get("/v1/sites?" + query)
                .with(200)
                .body()
                .path("sites")
                .forEach(site -> ids.add(site.path("id").asString()));
        return ids;
    }

    private static List<String> names(JsonNode array) {
        return array.values().stream().map(JsonNode::asString).toList();
    }
}
