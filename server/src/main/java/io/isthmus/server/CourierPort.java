package io.isthmus.server;

import io.isthmus.server.api.WebhookPort;
import io.isthmus.server.webhook.AllowedAddresses;
import io.isthmus.server.webhook.Courier;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/** What the API asks of those who send events, passed on. */
record CourierPort(Courier courier, AllowedAddresses allowed) implements WebhookPort {
    @Override
    public void wake(UUID id) {
        courier.wake(id);
    }

    @Override
    public Optional<String> refusal(URI url) {
        return allowed.refusal(url);
    }
}
