package io.isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code quota}, {@code audit} and {@code webhook}. */
class AdministeringTest {
    private static final String HOOK = "00000000-0000-4000-8000-000000000888";

    private final FakeIsthmus fake = new FakeIsthmus();

    @AfterEach
    void stop() {
        fake.close();
    }

    private void addQuota(String project, int connections) {
        fake.add("quotas", """
            {"id": "%s", "name": "", "project_id": "%s", "connections": %d, "endpoints": 20, "bandwidth_mbps": -1,
             "used": {"connections": 3, "endpoints": 6, "bandwidth_mbps": 400}, "is_default": false, "tags": []}""".formatted(project, project, connections));
    }

    private void addHook() {
        fake.add("webhooks", """
            {"id": "%s", "name": "ops", "project_id": "p1", "url": "https://ops.example/x", "kinds": ["connection.*"],
             "admin_state_up": true, "delivered_event_id": "7", "last_error": "503", "last_success_at": null,
             "tags": []}""".formatted(HOOK));
    }

    @Test
    void quotasShowWhatIsUsedOfWhat() {
        addQuota("p1", 10);
        assertThat(Run.of(fake, "quota", "list", "-f", "csv").out()).isEqualTo("""
            project_id,connections,endpoints,bandwidth_mbps,is_default
            p1,3 of 10,6 of 20,400 of any,false
            """);
    }

    @Test
    void settingOneLimitKeepsTheOthers() {
        addQuota("p1", 10);
        fake.answering("/v1/quotas/p1", """
            {"id": "p1", "project_id": "p1", "connections": 10, "endpoints": 20, "bandwidth_mbps": -1, "revision": 1}""");
        var run = Run.of(fake, "quota", "set", "p1", "--connections", "20");
        assertThat(run.exitCode()).isZero();
        var sent = fake.last("PUT");
        assertThat(sent.body().toString()).isEqualTo("{\"connections\":20,\"endpoints\":20,\"bandwidth_mbps\":-1}");
        assertThat(sent.headers()).containsEntry("If-match", "\"1\"");
    }

    @Test
    void aQuotaWithoutALimitIsAMistake() {
        assertThat(Run.of(fake, "quota", "set", "p1").exitCode()).isEqualTo(2);
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void deletingAQuotaGivesTheDefaultsAgain() {
        addQuota("p1", 10);
        var run = Run.of(fake, "quota", "delete", "p1");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Project p1 has the default quota.");
        assertThat(fake.count("quotas")).isZero();
    }

    @Test
    void theTrailIsListedByFilter() {
        for (var status : new int[] {202, 403}) {
            fake.add("audit", """
                {"at": "2026-01-01T12:00:00Z", "request_id": "req-1", "user_id": "ann", "project_id": "p1", "roles": [],
                 "system_scope": false, "address": "192.0.2.9", "method": "POST", "route": "/v1/connections",
                 "operation": "createConnection", "resource_id": null, "status": %d, "code": null, "hash": "h"}""".formatted(status));
        }
        assertThat(Run.of(
                                fake,
                                "audit",
                                "list",
                                "--filter",
                                "status=403",
                                "-f",
                                "value",
                                "-c",
                                "user_id",
                                "-c",
                                "status")
                        .out())
                .isEqualTo("ann 403\n");
    }

    @Test
    void aTrailThatWasAlteredFailsTheCommand() {
        fake.answering("/v1/audit/verification", """
            {"intact": false, "records": 9, "first_id": "1", "last_id": "9", "head": "h", "broken_at": "4"}""");
        var run = Run.of(fake, "audit", "verify");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("broken_at", "4");
        fake.answering("/v1/audit/verification", """
            {"intact": true, "records": 9, "first_id": "1", "last_id": "9", "head": "h", "broken_at": null}""");
        assertThat(Run.of(fake, "audit", "verify").exitCode()).isZero();
    }

    @Test
    void aWebhooksSecretComesFromAFileAndIsNotShown(@TempDir Path folder) throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "swordfish-swordfish-swordfish\n");
        var run = Run.of(
                fake,
                "webhook",
                "create",
                "https://ops.example/x",
                "--kind",
                "connection.*",
                "--secret-file",
                secret.toString(),
                "--debug");
        assertThat(run.exitCode()).isZero();
        var sent = fake.last("POST").body();
        assertThat(sent.path("url").asString()).isEqualTo("https://ops.example/x");
        assertThat(sent.path("secret").asString()).isEqualTo("swordfish-swordfish-swordfish");
        assertThat(sent.path("kinds").toString()).isEqualTo("[\"connection.*\"]");
        assertThat(run.err()).doesNotContain("swordfish");
    }

    @Test
    void aWebhookIsChangedByItsName() {
        addHook();
        assertThat(Run.of(fake, "webhook", "set", "ops", "--admin-state-up", "false")
                        .exitCode())
                .isZero();
        assertThat(fake.last("PATCH").path()).isEqualTo("/v1/webhooks/" + HOOK);
        assertThat(fake.last("PATCH").body().toString()).isEqualTo("{\"admin_state_up\":false}");
    }

    @Test
    void whatAWebhookDidNotTakeIsListedAndSentAgain() {
        addHook();
        fake.answering("/v1/webhooks/" + HOOK + "/dead-letters", """
            {"dead_letters": [{"event_id": "4711", "kind": "connection.updated", "resource_type": "connection",
              "resource_id": "r", "attempts": 8, "error": "503", "redelivery_wanted": false, "at": "2026-01-01T00:00:00Z"}],
             "links": []}""");
        assertThat(Run.of(fake, "webhook", "dead-letters", "ops", "-f", "value", "-c", "event_id", "-c", "error")
                        .out())
                .isEqualTo("4711 503\n");
        fake.answering("/v1/webhooks/" + HOOK + "/redeliver", "{\"id\": \"%s\", \"name\": \"ops\"}".formatted(HOOK));
        assertThat(Run.of(fake, "webhook", "redeliver", "ops", "--event", "4711")
                        .exitCode())
                .isZero();
        assertThat(fake.last("POST").body().toString()).isEqualTo("{\"event_ids\":[\"4711\"]}");
    }
}
