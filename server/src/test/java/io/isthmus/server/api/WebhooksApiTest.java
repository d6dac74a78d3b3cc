package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.server.webhook.AllowedAddresses;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class WebhooksApiTest extends ApiTest {
    private static final String HOOK = """
            {"url": "https://8.8.8.8/hook", "secret": "s3cret-s3cret-s3cret-s3cret", "kinds": ["connection.*"]}""";

    private final List<UUID> woken = new CopyOnWriteArrayList<>();

    @Override
    WebhookPort webhookPort() {
        var allowed = new AllowedAddresses(List.of());
        return new WebhookPort() {
            @Override
            public void wake(UUID id) {
                woken.add(id);
            }

            @Override
            public Optional<String> refusal(URI url) {
                return allowed.refusal(url);
            }
        };
    }

    @Test
    void aWebhookIsItsProjectsAndItsSecretIsNeverTold() {
        var made = post("/v1/webhooks", HOOK, "X-Project-Id", "p1").with(201);
        var path = "/v1/webhooks/" + made.text("id");
        assertThat(made.body().toString()).doesNotContain("s3cret");
        assertThat(made.text("project_id")).isEqualTo("p1");
        assertThat(woken).containsExactly(UUID.fromString(made.text("id")));
        get(path, "X-Project-Id", "p2").isProblem(404, "webhook_not_found", "");
        assertThat(get("/v1/webhooks", "X-Project-Id", "p2").body().required("webhooks"))
                .isEmpty();
        var changed =
                patch(path, "{\"admin_state_up\": false}", "X-Project-Id", "p1").with(200);
        assertThat(changed.body().required("admin_state_up").asBoolean()).isFalse();
        assertThat(changed.text("url")).isEqualTo("https://8.8.8.8/hook");
        assertThat(get(path + "/dead-letters").with(200).body().required("dead_letters"))
                .isEmpty();
        post(path + "/redeliver", "{\"event_ids\": [\"7\"]}").with(202);
        post(path + "/redeliver", "{\"event_ids\": [\"x\"]}").isProblem(400, "invalid_value", "/event_ids/0");
        delete(path).with(204);
        get(path).with(404);
    }

    @Test
    void whatIsInsideIsNotReachedThroughAWebhook() {
        for (var url : List.of("http://127.0.0.1:8642/", "http://169.254.169.254/", "http://localhost/")) {
            post("/v1/webhooks", HOOK.replace("https://8.8.8.8/hook", url)).isProblem(422, "url_not_allowed", "/url");
        }
        for (var url : List.of("file:///etc/passwd", "ftp://8.8.8.8/", "http://user:pw@8.8.8.8/", "nonsense")) {
            post("/v1/webhooks", HOOK.replace("https://8.8.8.8/hook", url)).isProblem(400, "invalid_value", "/url");
        }
        raw("POST", "/v1/webhooks", HOOK.replace("-s3cret-s3cret", ""), "application/json")
                .isProblem(400, "invalid_value", "/secret");
    }

    @Test
    void anOwnerHasOnlySoMany() {
        for (int i = 0; i < WebhooksApi.MOST_OF_AN_OWNER; i++) {
            post("/v1/webhooks", HOOK, "X-Project-Id", "p1").with(201);
        }
        assertThat(post("/v1/webhooks", HOOK, "X-Project-Id", "p1").with(409).text("code"))
                .isEqualTo("in_use");
        post("/v1/webhooks", HOOK, "X-Project-Id", "p2").with(201);
    }
}
