package io.isthmus.store.webhook;

import io.isthmus.store.event.Event;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Somebody who wants to be told of events.
 *
 * @param project whose events are sent, and those of nobody; everybody's where it is empty
 * @param kinds which ones, such as {@code connection.updated} or {@code connection.*}; all where it is empty
 * @param sealed the secret that signs what is sent
 * @param keyId which key sealed it
 */
public record Webhook(
        UUID id,
        String name,
        Optional<String> project,
        String url,
        List<String> kinds,
        SortedMap<String, String> sealed,
        long keyId,
        boolean adminStateUp) {
    public Webhook {
        kinds = List.copyOf(kinds);
        sealed = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(sealed));
        for (var kind : kinds) {
            if (!kind.matches("[a-z_]+\\.([a-z_]+|\\*)")) {
                throw new IllegalArgumentException("kinds are written connection.updated or connection.*, not " + kind);
            }
        }
        check(url);
    }

    private static void check(String url) {
        try {
            var uri = new URI(url);
            if (!("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    || uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawFragment() != null
                    || url.length() > 2_000) {
                throw new IllegalArgumentException(
                        "url is an http or https address with a host, without a user, a password or a fragment");
            }
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException("url is no URL");
        }
    }

    /** Whether it wants to hear of an event, and may. */
    public boolean wants(Event event) {
        var mayHear = project.isEmpty()
                || event.project().isEmpty()
                || event.project().equals(project);
        return mayHear
                && (kinds.isEmpty() || kinds.contains(event.kind()) || kinds.contains(event.resourceType() + ".*"));
    }

    /** The same secret under another key. */
    public Webhook sealedAnew(SortedMap<String, String> resealed, long key) {
        return new Webhook(id, name, project, url, kinds, resealed, key, adminStateUp);
    }

    /**
     * How far it is.
     *
     * @param deliveredSeq up to which event it is done
     * @param lastError why the last attempt failed; empty if it did not
     */
    public record Progress(long deliveredSeq, Optional<String> lastError, Optional<Instant> lastSuccess) {}

    /**
     * An event that it did not take.
     *
     * @param wanted whether it shall be delivered again
     */
    public record DeadLetter(Event event, int attempts, String error, boolean wanted, Instant at) {}
}
