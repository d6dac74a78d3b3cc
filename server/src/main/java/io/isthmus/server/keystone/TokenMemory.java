package io.isthmus.server.keystone;

import io.isthmus.southbound.openstack.TokenBearer;
import io.isthmus.southbound.openstack.TokenValidator.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * What Keystone said of tokens a moment ago, by their SHA-256: tokens themselves are not kept. However many requests bear one
 * token, Keystone is asked about it once at a time, and whoever waits shares the answer.
 *
 * <p>Refused tokens have a place of their own, so that strangers who guess tokens do not push out those of callers.
 */
final class TokenMemory {
    static final int MOST_KNOWN = 10_000;
    static final int MOST_REFUSED = 1_000;
    /** Long enough to spare Keystone a client's quick retries, short enough for a token that comes to be known. */
    private static final Duration REFUSED_FOR = Duration.ofSeconds(5);
    /** While Keystone is down, callers do not each wait for it. */
    private static final Duration SILENT_FOR = Duration.ofSeconds(1);

    private final Duration knownFor;
    private final InstantSource clock;
    private final Map<String, Kept> known = new Bounded(MOST_KNOWN);
    private final Map<String, Kept> refused = new Bounded(MOST_REFUSED);
    private final Map<String, FutureTask<Answer>> asked = new HashMap<>();

    TokenMemory(Duration knownFor, InstantSource clock) {
        this.knownFor = knownFor;
        this.clock = clock;
    }

    /** Asks Keystone. */
    @FunctionalInterface
    interface Question {
        Answer ask(String token) throws InterruptedException;
    }

    private record Kept(Answer answer, Instant until) {}

    /** Forgets what was not used for longest. */
    private static final class Bounded extends LinkedHashMap<String, Kept> {
        private static final long serialVersionUID = 1;
        private final int most;

        Bounded(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > most;
        }
    }

    Answer answer(String token, Question question) throws InterruptedException {
        var key = sha256(token);
        FutureTask<Answer> task;
        var isMine = false;
        synchronized (this) {
            var kept = fresh(key);
            if (kept != null) {
                return kept;
            }
            var underWay = asked.get(key);
            if (underWay == null) {
                task = new FutureTask<>(() -> question.ask(token));
                asked.put(key, task);
                isMine = true;
            } else {
                task = underWay;
            }
        }
        if (isMine) {
            task.run();
            keep(key, task);
        }
        return result(task);
    }

    private @Nullable Answer fresh(String key) {
        var now = clock.instant();
        for (var place : List.of(known, refused)) {
            if (place.get(key) instanceof Kept(var answer, var until)) {
                if (now.isBefore(until)) {
                    return answer;
                }
                place.remove(key);
            }
        }
        return null;
    }

    private synchronized void keep(String key, FutureTask<Answer> done) {
        asked.remove(key);
        if (done.state() != Future.State.SUCCESS) {
            return;
        }
        var answer = done.resultNow();
        var now = clock.instant();
        switch (answer) {
            case Answer.Known(var bearer) -> known.put(key, new Kept(answer, until(bearer, now)));
            case Answer.Refused() -> refused.put(key, new Kept(answer, now.plus(shorter(REFUSED_FOR))));
            case Answer.NotAnswered _ -> refused.put(key, new Kept(answer, now.plus(SILENT_FOR)));
        }
    }

    private Instant until(TokenBearer bearer, Instant now) {
        var remembered = now.plus(knownFor);
        return remembered.isBefore(bearer.expiresAt()) ? remembered : bearer.expiresAt();
    }

    private Duration shorter(Duration duration) {
        return duration.compareTo(knownFor) < 0 ? duration : knownFor;
    }

    private static Answer result(FutureTask<Answer> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof InterruptedException) {
                throw new InterruptedException();
            }
            throw new IllegalStateException("a token could not be validated", failed.getCause());
        }
    }

    /** How many tokens it knows something of. */
    synchronized int size() {
        return known.size() + refused.size();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
