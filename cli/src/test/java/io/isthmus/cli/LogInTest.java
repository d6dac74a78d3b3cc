package io.isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class LogInTest {
    private final FakeIsthmus isthmus = new FakeIsthmus().withWorkedExample();
    private final FakeCloud cloud = new FakeCloud().with("georedundancy", "RegionA", isthmus.url());

    @TempDir
    Path home;

    @AfterEach
    void stop() {
        isthmus.close();
        cloud.close();
    }

    private Run run(Map<String, String> variables, String... args) {
        var environment = new HashMap<>(variables);
        environment.putIfAbsent("HOME", home.toString());
        var run = Run.of(environment, 0, args);
        assertThat(run.out() + run.err()).doesNotContain(FakeCloud.SECRET, FakeCloud.TOKEN);
        return run;
    }

    private Map<String, String> byPassword(String... more) {
        var variables = new HashMap<>(Map.of(
                "OS_AUTH_URL",
                cloud.url() + "/v3",
                "OS_USERNAME",
                "ann",
                "OS_PASSWORD",
                FakeCloud.SECRET,
                "OS_PROJECT_NAME",
                "demo"));
        for (int i = 0; i < more.length; i += 2) {
            variables.put(more[i], more[i + 1]);
        }
        return variables;
    }

    private JsonNode login() {
        assertThat(cloud.logins()).hasSize(1);
        return cloud.logins().getFirst().required("auth");
    }

    private String tokenSent() {
        return isthmus.requests().getLast().headers().getOrDefault("X-auth-token", "");
    }

    @Test
    void aPasswordGivesATokenAndTheCatalogueTheController() {
        assertThat(run(byPassword(), "site", "list", "-f", "value", "-c", "id").exitCode())
                .isZero();
        assertThat(login().at("/identity/password/user/name").asString()).isEqualTo("ann");
        assertThat(login().at("/identity/password/user/domain/id").asString()).isEqualTo("default");
        assertThat(login().at("/scope/project/name").asString()).isEqualTo("demo");
        assertThat(tokenSent()).isEqualTo(FakeCloud.TOKEN);
    }

    @Test
    void systemScopeIsAskedFor() {
        var variables = byPassword("OS_SYSTEM_SCOPE", "all");
        variables.remove("OS_PROJECT_NAME");
        assertThat(run(variables, "site", "list").exitCode()).isZero();
        assertThat(login().at("/scope/system/all").asBoolean()).isTrue();
    }

    @Test
    void anApplicationCredentialGoesWithoutScope() {
        var variables = Map.of(
                "OS_AUTH_URL",
                cloud.url(),
                "OS_AUTH_TYPE",
                "v3applicationcredential",
                "OS_APPLICATION_CREDENTIAL_ID",
                "ac1",
                "OS_APPLICATION_CREDENTIAL_SECRET",
                FakeCloud.SECRET);
        assertThat(run(variables, "site", "list").exitCode()).isZero();
        assertThat(login().at("/identity/application_credential/id").asString()).isEqualTo("ac1");
        assertThat(login().has("scope")).isFalse();
    }

    @Test
    void aTokenIsUsedAsItIs() {
        assertThat(run(Map.of("OS_AUTH_URL", cloud.url(), "OS_TOKEN", FakeCloud.TOKEN), "site", "list")
                        .exitCode())
                .isZero();
        assertThat(cloud.logins()).isEmpty();
        assertThat(tokenSent()).isEqualTo(FakeCloud.TOKEN);
    }

    @Test
    void withoutAnyOfItNothingIsSent() {
        assertThat(run(Map.of("ISTHMUS_URL", isthmus.url()), "site", "list").exitCode())
                .isZero();
        assertThat(tokenSent()).isEmpty();
    }

    @Test
    void aCloudOfTheUsersFileIsFoundWithItsSecret() throws IOException {
        var folder = Files.createDirectories(home.resolve(".config/openstack"));
        Files.writeString(folder.resolve("clouds.yaml"), """
                clouds:
                  mine:
                    auth: {auth_url: "%s/v3", username: bob, project_name: demo, user_domain_name: People}
                    region_name: RegionA
                """.formatted(cloud.url()));
        Files.writeString(
                folder.resolve("secure.yaml"), "clouds: {mine: {auth: {password: %s}}}\n".formatted(FakeCloud.SECRET));
        assertThat(run(Map.of(), "--os-cloud", "mine", "site", "list").exitCode())
                .isZero();
        assertThat(login().at("/identity/password/user/domain/name").asString()).isEqualTo("People");
        assertThat(run(Map.of("OS_CLOUD", "mine"), "site", "list").exitCode()).isZero();
        var other = run(Map.of(), "site", "list", "--os-cloud", "other");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("There is no cloud other", "known: mine");
    }

    @Test
    void aFileThatIsNoYamlIsNotQuoted() throws IOException {
        var file = home.resolve("mine.yaml");
        Files.writeString(file, "clouds: {mine: {auth: {password: " + FakeCloud.SECRET + "\n");
        var run = run(Map.of("OS_CLIENT_CONFIG_FILE", file.toString()), "--os-cloud", "mine", "site", "list");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("is no YAML");
    }

    @Test
    void aRefusalSaysWhereToLook() {
        var run = run(byPassword("OS_PASSWORD", "wrong-horse"), "site", "list");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("does not let you in", "the OS_* variables")
                .doesNotContain("wrong-horse");
    }

    @Test
    void whatIsMissingIsNamed() {
        var variables = byPassword();
        variables.remove("OS_PROJECT_NAME");
        var run = run(variables, "site", "list");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("set OS_PROJECT_NAME");
    }

    @Test
    void aCatalogueWithoutTheControllerSaysSo() {
        var run = run(byPassword("OS_REGION_NAME", "RegionB"), "site", "list");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("in region RegionB", "There is one in: RegionA", "isthmus register");
        assertThat(run(byPassword("OS_REGION_NAME", "RegionB", "ISTHMUS_URL", isthmus.url()), "site", "list")
                        .exitCode())
                .isZero();
    }

    @Test
    void registeringTwiceChangesNothingTheSecondTime() {
        try (var empty = new FakeCloud()) {
            var variables = byPassword("OS_AUTH_URL", empty.url(), "OS_REGION_NAME", "RegionA");
            var first = run(variables, "register", "--public-url", isthmus.url(), "-f", "value", "-c", "result");
            assertThat(first.out()).isEqualTo("created\ncreated\n");
            var made = empty.changes().size();
            assertThat(made).isEqualTo(3);
            var second = run(variables, "register", "--public-url", isthmus.url(), "-f", "value", "-c", "result");
            assertThat(second.out()).isEqualTo("unchanged\nunchanged\n");
            assertThat(empty.changes()).hasSize(made);
            assertThat(run(variables, "site", "list").exitCode()).isZero();
            var moved = run(
                    variables,
                    "register",
                    "--public-url",
                    "https://isthmus.example:8642",
                    "--internal-url",
                    isthmus.url(),
                    "-f",
                    "value",
                    "-c",
                    "result");
            assertThat(moved.out()).isEqualTo("changed\nunchanged\n");
            assertThat(empty.changes()).endsWith("PATCH /v3/endpoints/ID").hasSize(made + 1);
        }
    }

    @Test
    void registeringInARegionThatIsNotThereMakesNothing() {
        try (var cloud = new FakeCloud()) {
            var variables = byPassword("OS_AUTH_URL", cloud.url(), "OS_REGION_NAME", "Nowhere");
            var run = run(variables, "register", "--public-url", "http://i:1");
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.err()).contains("has no region Nowhere", "openstack region list");
            assertThat(cloud.changes()).isEmpty();
        }
    }

    @Test
    void registeringNeedsAKeystoneAndARegion() {
        assertThat(run(Map.of(), "register", "--public-url", "http://i:1").err())
                .contains("Which Keystone?");
        assertThat(run(byPassword(), "register", "--public-url", "http://i:1").err())
                .contains("Which region?");
        assertThat(run(byPassword("OS_REGION_NAME", "R"), "register", "--public-url", "i:1")
                        .exitCode())
                .isEqualTo(2);
    }
}
