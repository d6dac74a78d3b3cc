package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The worked example: links a-b, a-c, b-c and a-d; b is to be backed up. */
final class BackupSelectionsApiTest extends ApiTest {
    private static final String PATH = "/v1/backup-selections";

    private String linkAToB = "";

    @BeforeEach
    void workedExample() {
        addSites("a", "b", "c", "d");
        patch("/v1/sites/a", "{\"location\":{\"latitude\":45.76,\"longitude\":4.84}}")
                .with(200);
        linkAToB = link("a", "b", 5).text("id");
        link("a", "c", 10);
        link("b", "c", 20);
        link("a", "d", 12);
    }

    private Answer link(String a, String z, double latency) {
        return post(
                        "/v1/links",
                        "{\"a_site\":\"%s\",\"z_site\":\"%s\",\"latency_ms\":%s,\"capacity_mbps\":1000}"
                                .formatted(a, z, latency))
                .with(201);
    }

    private JsonNode select(String body) {
        return post(PATH, body).with(200).body();
    }

    private static List<String> sites(JsonNode list) {
        var sites = new ArrayList<String>();
        list.forEach(each -> sites.add(each.required("site").asString()));
        return sites;
    }

    @Test
    void everyOtherSiteIsACandidateWithScoresThatAddUpOrRejectedWithValueAndLimit() {
        var choice = select("{\"site\":\"b\",\"constraints\":{\"max_latency_ms\":16}}");
        assertThat(sites(choice.get("candidates"))).containsExactly("a", "c");
        for (var candidate : choice.get("candidates")) {
            var sum = BigDecimal.ZERO;
            for (var reason : candidate.get("reasons")) {
                sum = sum.add(reason.get("score").decimalValue());
            }
            assertThat(sum).isEqualByComparingTo(candidate.get("score").decimalValue());
        }
        assertThat(choice.at("/candidates/1/path/sites").toString()).isEqualTo("[\"b\",\"a\",\"c\"]");
        assertThat(choice.at("/candidates/0/path/links/0").asString()).isEqualTo(linkAToB);
        assertThat(choice.at("/candidates/0/reasons/0/criterion").asString()).isEqualTo("latency_ms");
        assertThat(sites(choice.get("rejected"))).containsExactly("d");
        var rejected = choice.at("/rejected/0");
        assertThat(rejected.get("criterion").asString()).isEqualTo("max_latency_ms");
        assertThat(rejected.get("value").asDouble()).isEqualTo(17);
        assertThat(rejected.get("limit").asDouble()).isEqualTo(16);
        assertThat(rejected.get("reason").asString()).contains("17.0 ms");
    }

    @Test
    void aSiteMayBeNamedByItsCloudAndAVnfBringsWhatItNeeds() {
        patch("/v1/sites/d", "{\"capacity\":{\"vcpus\":16,\"ram_mb\":64000,\"disk_gb\":500}}")
                .with(200);
        assertThat(get("/v1/sites/d").body().at("/capacity/vcpus").asInt()).isEqualTo(16);
        var choice = select("{\"vnf\":{\"site\":{\"region_name\":\"RegionB\"},\"resources\":{\"vcpus\":4}}}");
        assertThat(sites(choice.get("candidates"))).containsExactly("d");
        assertThat(choice.at("/rejected/0/criterion").asString()).isEqualTo("resources.vcpus");
        assertThat(choice.at("/rejected/0/value").isNull()).isTrue();
        choice = select("{\"vnf\":{\"site\":\"b\",\"resources\":{\"vcpus\":4}},"
                + "\"constraints\":{\"resources\":{\"disk_gb\":501}}}");
        assertThat(sites(choice.get("candidates"))).isEmpty();
        assertThat(choice.at("/rejected/2/criterion").asString()).isEqualTo("resources.disk_gb");
        assertThat(choice.at("/rejected/2/value").asInt()).isEqualTo(500);
    }

    @Test
    void aSiteInMaintenanceIsRejectedAndOneOfWhichNothingWasSeenIsNot() {
        patch("/v1/sites/d", "{\"admin_state_up\":false}").with(200);
        var choice = select("{\"site\":\"b\"}");
        assertThat(sites(choice.get("candidates"))).containsExactlyInAnyOrder("a", "c");
        assertThat(choice.at("/rejected/0/criterion").asString()).isEqualTo("admin_state_up");
    }

    @Test
    void theLinksThatUsersTakeAreLeftToThem() {
        var choice = select("{\"site\":\"b\",\"constraints\":{\"disjoint_from\":{\"user_sites\":[\"a\"]}}}");
        assertThat(choice.toString()).contains("[\"b\",\"c\",\"a\",\"d\"]");
        post(PATH, "{\"site\":\"b\",\"constraints\":{\"disjoint_from\":{\"user_sites\":[\"nowhere\"]}}}")
                .isProblem(404, "site_not_found", "/constraints/disjoint_from/user_sites/0");
        post(
                        PATH,
                        "{\"site\":\"b\",\"constraints\":{\"disjoint_from\":{\"connections\":"
                                + "[\"00000000-0000-4000-8000-000000000000\"]}}}")
                .isProblem(404, "connection_not_found", "/constraints/disjoint_from/connections/0");
        addSites("e");
        post(PATH, "{\"site\":\"b\",\"constraints\":{\"disjoint_from\":{\"user_sites\":[\"e\"]}}}")
                .isProblem(422, "no_path", "/constraints/disjoint_from/user_sites/0");
    }

    @Test
    void theSameQuestionHasTheSameAnswer() {
        var question = "{\"site\":\"b\",\"weights\":{\"cost\":5,\"latency_ms\":0}}";
        assertThat(select(question)).isEqualTo(select(question));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 400 | missing_field | /site",
                "{\"site\":\"b\",\"vnf\":{\"site\":\"b\"}} | 400 | invalid_value | /vnf",
                "{\"site\":\"x\"} | 404 | site_not_found | /site",
                "{\"vnf\":{\"site\":\"x\"}} | 404 | site_not_found | /vnf/site",
                "{\"vnf\":{\"site\":\"b\",\"resources\":{\"vcpus\":-1}}} | 400 | invalid_value | /vnf/resources/vcpus",
                "{\"site\":\"b\",\"constraints\":{\"max_latency_ms\":-1}} | 400 | invalid_value | /constraints/max_latency_ms",
                "{\"site\":\"b\",\"constraints\":{\"max_latency\":1}} | 400 | unknown_field | /constraints/max_latency",
                "{\"site\":\"b\",\"constraints\":{\"min_distance_km\":2,\"max_distance_km\":1}} | 400 | invalid_value | /constraints/min_distance_km",
                "{\"site\":\"b\",\"constraints\":{\"exclude_sites\":[\"x\"]}} | 404 | site_not_found | /constraints/exclude_sites/0",
                "{\"site\":\"b\",\"constraints\":{\"disjoint_from\":{\"level\":\"moon\"}}} | 400 | invalid_value | /constraints/disjoint_from/level",
                "{\"site\":\"b\",\"weights\":{\"luck\":1}} | 400 | unknown_field | /weights/luck",
                "{\"site\":\"b\",\"weights\":{\"cost\":-1}} | 400 | invalid_value | /weights",
                "{\"site\":\"b\",\"weights\":{\"cost\":0,\"latency_ms\":0,\"free_capacity\":0,\"shared_risk\":0,\"spare_balance\":0}} | 400 | invalid_value | /weights",
            })
    void whatIsWrongWithAQuestionIsNamed(String body, int status, String code, String pointer) {
        post(PATH, body).isProblem(status, code, pointer);
    }
}
