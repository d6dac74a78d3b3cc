package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackupChoicesApiTest extends ApiTest {
    private static final String PATH = "/v1/backup-choices";

    @BeforeEach
    void sites() {
        addSites("b", "d");
        patch("/v1/sites/d", "{\"capacity\":{\"vcpus\":6}}").with(200);
        post("/v1/links", "{\"a_site\":\"b\",\"z_site\":\"d\",\"latency_ms\":3,\"capacity_mbps\":1000}")
                .with(201);
    }

    @Test
    void aChoiceIsShownAsItWasMadeAndGoesWhenItIsGivenUp() {
        var made = post(
                        PATH,
                        "{\"site\":\"b\",\"backup\":\"d\",\"constraints\":{\"max_latency_ms\":20,"
                                + "\"exclude_sites\":[\"b\"],\"resources\":{\"vcpus\":4}},\"weights\":{\"cost\":2.5}}",
                        "X-Project-Id",
                        "p1")
                .with(201);
        assertThat(made.text("name")).isEqualTo("b-d");
        assertThat(made.text("status")).isEqualTo("kept");
        assertThat(made.body().at("/constraints/resources/vcpus").asInt()).isEqualTo(4);
        assertThat(made.body().at("/weights/cost").asDouble()).isEqualTo(2.5);
        var path = made.header("location");
        assertThat(get(path).with(200).body()).isEqualTo(made.body());
        assertThat(get(PATH + "?status=kept&site=b").with(200).body().get("backup_choices"))
                .hasSize(1);
        get(path, "X-Project-Id", "p2").isProblem(404, "backup_choice_not_found", "");
        delete(path).with(204);
        get(path).isProblem(404, "backup_choice_not_found", "");
    }

    @Test
    void theSpareOfAChoiceCountsAgainstTheBackupsCapacity() {
        post(PATH, "{\"site\":\"b\",\"backup\":\"d\",\"constraints\":{\"resources\":{\"vcpus\":4}}}")
                .with(201);
        var choice = post("/v1/backup-selections", "{\"site\":\"b\",\"constraints\":{\"resources\":{\"vcpus\":4}}}")
                .with(200)
                .body();
        assertThat(choice.at("/rejected/0/criterion").asString()).isEqualTo("resources.vcpus");
        assertThat(choice.at("/rejected/0/value").asInt()).isEqualTo(2);
    }

    @Test
    void aProjectThatHasTooManyMayNotHaveOneMoreButAnotherMay() {
        var body = "{\"site\":\"b\",\"backup\":\"d\"}";
        for (int made = 0; made < 200; made++) {
            post(PATH, body, "X-Project-Id", "p1").with(201);
        }
        post(PATH, body, "X-Project-Id", "p1").isProblem(429, "too_many_requests", "");
        post(PATH, body, "X-Project-Id", "p2").with(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 400 | missing_field | /site",
                "{\"site\":\"b\"} | 400 | missing_field | /backup",
                "{\"site\":\"b\",\"backup\":\"x\"} | 404 | site_not_found | /backup",
                "{\"site\":\"b\",\"backup\":\"b\"} | 400 | invalid_value | /backup",
                "{\"site\":\"b\",\"backup\":\"d\",\"status\":\"kept\"} | 400 | read_only_field | /status",
                "{\"site\":\"b\",\"backup\":\"d\",\"constraints\":{\"disjoint_from\":{\"user_sites\":[\"d\"]}}} | 422 | not_supported | /constraints/disjoint_from",
            })
    void whatIsWrongWithAChoiceIsNamed(String body, int status, String code, String pointer) {
        post(PATH, body).isProblem(status, code, pointer);
    }
}
