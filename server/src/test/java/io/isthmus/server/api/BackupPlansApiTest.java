package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackupPlansApiTest extends ApiTest {
    private static final String PATH = "/v1/backup-plans";

    @BeforeEach
    void threeSites() {
        addSites("a", "b", "c");
        patch("/v1/sites/a", "{\"failure_domains\":[\"grid\"]}").with(200);
        patch("/v1/sites/b", "{\"failure_domains\":[\"grid\"]}").with(200);
        patch("/v1/sites/c", "{\"failure_domains\":[],\"capacity\":{\"vcpus\":4}}")
                .with(200);
        for (var ends : new String[] {"ab", "ac", "bc"}) {
            post(
                            "/v1/links",
                            "{\"a_site\":\"%s\",\"z_site\":\"%s\",\"latency_ms\":3,\"capacity_mbps\":1000}"
                                    .formatted(ends.charAt(0), ends.charAt(1)))
                    .with(201);
        }
    }

    private static String fleet(String more) {
        return "{\"vnfs\":[{\"name\":\"one\",\"site\":\"a\",\"resources\":{\"vcpus\":4}},"
                + "{\"name\":\"two\",\"site\":\"b\",\"resources\":{\"vcpus\":4}}]" + more + "}";
    }

    @Test
    void sitesThatAreNotLostTogetherShareTheRoomOfTheirBackup() {
        var plan = post(PATH, fleet("")).with(200).body();
        assertThat(plan.get("complete").asBoolean()).isTrue();
        assertThat(plan.get("proven").asBoolean()).isTrue();
        assertThat(plan.at("/assignments/0/backup").asString()).isEqualTo("c");
        assertThat(plan.at("/assignments/1/backup").asString()).isEqualTo("c");
        assertThat(plan.at("/losses/0/fullest/part").asDouble()).isEqualTo(1);
    }

    @Test
    void aLossThatDoesNotFitIsNamedWithWhatIsMissing() {
        var plan =
                post(PATH, fleet(",\"survives\":\"failure_domain\"")).with(200).body();
        assertThat(plan.get("complete").asBoolean()).isFalse();
        assertThat(plan.get("unplaced_at_least").asInt()).isEqualTo(1);
        assertThat(plan.at("/losses/0/name").asString()).isEqualTo("grid");
        assertThat(plan.at("/losses/0/missing/vcpus").asInt()).isEqualTo(4);
        assertThat(plan.at("/losses/0/missing_at_least/vcpus").asInt()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 400 | missing_field | /vnfs",
                "{\"vnfs\":[]} | 400 | invalid_value | /vnfs",
                "{\"vnfs\":[{\"name\":\"x\",\"site\":\"z\"}]} | 404 | site_not_found | /vnfs/0/site",
                "{\"vnfs\":[{\"name\":\"x\",\"site\":\"a\"},{\"name\":\"x\",\"site\":\"b\"}]} | 400 | invalid_value | /vnfs/1/name",
                "{\"vnfs\":[{\"name\":\"x\",\"site\":\"a\"}],\"survives\":\"war\"} | 400 | invalid_value | /survives",
                "{\"vnfs\":[{\"name\":\"x\",\"site\":\"a\"}],\"constraints\":{\"resources\":{\"vcpus\":1}}} | 400 | invalid_value | /constraints",
                "{\"vnfs\":[{\"name\":\"x\",\"site\":\"a\"}],\"constraints\":{\"disjoint_from\":{\"user_sites\":[\"b\"]}}} | 400 | invalid_value | /constraints",
            })
    void whatIsWrongWithAFleetIsNamed(String body, int status, String code, String pointer) {
        post(PATH, body).isProblem(status, code, pointer);
    }
}
