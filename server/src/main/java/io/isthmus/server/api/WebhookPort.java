package io.isthmus.server.api;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/** What the API asks of those who send events. */
public interface WebhookPort {
    /** Nothing is sent, and nothing refused. */
    WebhookPort NONE = new WebhookPort() {
        @Override
        public void wake(UUID id) {}

        @Override
        public Optional<String> refusal(URI url) {
            return Optional.empty();
        }
    };

    /** Looks at a webhook at once. */
    void wake(UUID id);

    /** Why nothing may be sent to this URL; empty if it may. */
    Optional<String> refusal(URI url);
}
