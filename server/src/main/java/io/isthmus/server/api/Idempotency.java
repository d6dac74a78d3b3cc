package io.isthmus.server.api;

import io.isthmus.store.Json;
import io.isthmus.store.idempotency.IdempotencyStore;
import io.isthmus.store.idempotency.IdempotencyStore.Begun;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.node.MissingNode;

/**
 * Makes a request with an {@code Idempotency-Key} happen once. New ids are derived from the key and the time of its first
 * use, so that doing it again after a crash finds what the first attempt stored.
 */
final class Idempotency {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final IdempotencyStore store;
    private final InstantSource clock;

    Idempotency(IdempotencyStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Answers as the first time, or lets {@code work} answer with the ids it is given. */
    Reply once(String key, Request request, String project, Function<Supplier<UUID>, Reply> work) {
        if (!KEY.matcher(key).matches()) {
            throw Request.wrongParameter("Idempotency-Key", "a key is 1 to 255 visible ASCII characters");
        }
        return switch (store.begin(project, key, fingerprint(request), clock.instant())) {
            case Begun.First(var since) -> first(key, project, since, work);
            case Begun.Replay(var reply) ->
                new Reply(
                        reply.status(),
                        reply.headers(),
                        reply.body().isEmpty() ? MissingNode.getInstance() : Json.MAPPER.readTree(reply.body()));
            case Begun.OtherRequest() ->
                throw new Problem.Conflict(
                        ProblemCode.IDEMPOTENCY_KEY_REUSED,
                        "Idempotency-Key",
                        "this key was used for another request within the last 24 hours",
                        List.of());
            case Begun.UnderWay() ->
                throw new Problem.Conflict(
                        ProblemCode.IDEMPOTENCY_KEY_IN_PROGRESS,
                        "Idempotency-Key",
                        "the first request with this key is not answered yet; ask again in a moment",
                        List.of());
        };
    }

    private Reply first(String key, String project, Instant since, Function<Supplier<UUID>, Reply> work) {
        Reply reply;
        try {
            reply = work.apply(ids(key, project, since));
        } catch (Problem nothingDone) {
            store.abandon(project, key);
            throw nothingDone;
        } catch (RuntimeException unknownHowFar) {
            store.leaveUnanswered(project, key);
            throw unknownHowFar;
        }
        store.complete(
                project,
                key,
                new IdempotencyStore.Reply(
                        reply.status(), reply.headers(), reply.isEmpty() ? "" : Json.write(reply.body())));
        return reply;
    }

    private static Supplier<UUID> ids(String key, String project, Instant since) {
        var count = new AtomicInteger();
        return () -> UUID.nameUUIDFromBytes("%s|%s|%s|%d"
                .formatted(project, key, since, count.incrementAndGet())
                .getBytes(StandardCharsets.UTF_8));
    }

    private static String fingerprint(Request request) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(request.path().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            digest.update(request.queries().toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            digest.update(request.bytes());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
