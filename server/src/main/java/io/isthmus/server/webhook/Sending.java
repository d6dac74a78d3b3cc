package io.isthmus.server.webhook;

import io.isthmus.store.event.Event;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Sends one event to one URL, once. It follows no redirect, and reads of the answer no more than its status. */
final class Sending implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);
    private static final long MOST_ANSWER = 65_536;

    private final AllowedAddresses allowed;
    private final InstantSource clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_WITHIN)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    Sending(AllowedAddresses allowed, InstantSource clock) {
        this.allowed = allowed;
        this.clock = clock;
    }

    /** Why the receiver did not take it; empty if it did. */
    Optional<String> send(URI url, String secret, Event event, Duration within) throws InterruptedException {
        // Looked up just before it is sent: what the name stands for may have changed.
        var refusal = allowed.refusal(url);
        if (refusal.isPresent()) {
            return refusal;
        }
        var body = CloudEvent.body(event);
        var id = CloudEvent.id(event);
        var now = clock.instant();
        var request = HttpRequest.newBuilder(url)
                .timeout(within)
                .header("Content-Type", CloudEvent.MEDIA_TYPE + "; charset=utf-8")
                .header("User-Agent", "Isthmus")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", CloudEvent.signature(secret, id, now, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var status = client.send(
                            request,
                            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.discarding(), MOST_ANSWER))
                    .statusCode();
            return status >= 200 && status < 300 ? Optional.empty() : Optional.of("it answered " + status);
        } catch (IOException broken) {
            return Optional.of("it did not answer: " + broken.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
