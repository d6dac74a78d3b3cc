package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.server.keystone.KeystoneAuthentication;
import io.isthmus.server.keystone.KeystoneSettings;
import io.isthmus.southbound.Credential;
import io.isthmus.southbound.openstack.FakeKeystone;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RevokedStreamTest extends ApiTest {
    private static final Credential.KeystonePassword SERVICE =
            new Credential.KeystonePassword("isthmus", "secret", "Default", "service", "Default");

    private final FakeKeystone keystone = new FakeKeystone().withUser(SERVICE, true);
    private final KeystoneAuthentication authentication = new KeystoneAuthentication(
            new KeystoneSettings(keystone.authUrl(), "c1", Duration.ZERO),
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

    @Test
    void aStreamOfEventsEndsBeforeItTellsARevokedTokenMore() throws Exception {
        var admin = keystone.tokenOf("root", "p0", "admin");
        var reader = keystone.tokenOf("ann", "p1", "reader");
        var request = HttpRequest.newBuilder(uri("/v1/events"))
                .header("Accept", "text/event-stream")
                .header("X-Auth-Token", reader)
                .build();
        try (var lines = HTTP.send(request, BodyHandlers.ofLines()).body()) {
            var each = lines.iterator();
            assertThat(each.next()).isEqualTo(": listening");
            post("/v1/sites", site("b"), "X-Auth-Token", admin).with(201);
            var told = new StringBuilder();
            while (!told.toString().contains("site.created")) {
                told.append(each.next());
            }
            keystone.revoke(reader);
            post("/v1/sites", site("d"), "X-Auth-Token", admin).with(201);
            var rest = new StringBuilder();
            each.forEachRemaining(rest::append);
            assertThat(rest).contains(": the token does not hold any more").doesNotContain("\"resource_id\":\"d\"");
        }
    }
}
