package io.isthmus.cli.connection;

import io.isthmus.cli.command.Resource;
import io.isthmus.cli.http.Api;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.http.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * Follows a connection until it is where it should be. Two threads only listen: one holds a long-poll on the connection, one
 * reads the event stream. This one reads what changed, and shows it.
 *
 * <pre>
 *   long-poll ──┐
 *               ├─→ signals ─→ read operation and connection ─→ progress
 *   events ─────┘
 * </pre>
 */
final class Follow {
    private static final Duration LONGEST_POLL = Duration.ofSeconds(30);
    private static final Duration SHORTEST_POLL = Duration.ofSeconds(1);
    /** How often the clock on the screen moves on. */
    private static final Duration TICK = Duration.ofMillis(500);
    /** How often it is read without a signal, should the event stream be broken. */
    private static final Duration REFRESH = Duration.ofSeconds(3);

    private final Api api;
    private final Progress progress;
    private final InstantSource clock;
    private final Duration timeout;
    private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(64);

    Follow(Api api, Progress progress, InstantSource clock, Duration timeout) {
        this.api = api;
        this.progress = progress;
        this.clock = clock;
        this.timeout = timeout;
    }

    private sealed interface Signal {
        /** Something about the connection may have changed. */
        record Changed() implements Signal {}

        /** It will not change any more; empty where it is gone. */
        record Over(Optional<JsonNode> connection) implements Signal {}

        record Broken(Failure failure) implements Signal {}
    }

    /** The state to wait for. */
    private enum Goal {
        ACTIVE,
        DELETED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isOver(String status) {
            return switch (this) {
                case ACTIVE ->
                    List.of("active", "error", "rolled_back", "rejected").contains(status);
                case DELETED -> status.equals("error");
            };
        }
    }

    /** The active connection; everything else is a failure. */
    JsonNode untilActive(JsonNode connection) throws InterruptedException {
        var end = follow(connection, Goal.ACTIVE).orElseThrow(() -> Ending.gone(connection));
        if (!Json.text(end, "status").equals("active")) {
            throw Ending.failed(end);
        }
        return end;
    }

    /** Returns when nothing of the connection is left. */
    void untilDeleted(JsonNode connection) throws InterruptedException {
        var end = follow(connection, Goal.DELETED);
        if (end.isPresent()) {
            throw Ending.failed(end.get());
        }
    }

    private Optional<JsonNode> follow(JsonNode connection, Goal goal) throws InterruptedException {
        var deadline = clock.instant().plus(timeout);
        var id = Resource.id(connection);
        var operation = new Latest(id, Json.text(connection, "operation_id"));
        var poll = Thread.ofVirtual().name("poll").start(() -> poll(id, goal, deadline));
        var events = Thread.ofVirtual().name("events").start(() -> listen(id));
        try {
            return show(connection, operation, deadline);
        } finally {
            poll.interrupt();
            events.interrupt();
        }
    }

    private Optional<JsonNode> show(JsonNode first, Latest operation, Instant deadline) throws InterruptedException {
        var connection = first;
        var steps = Steps.of(connection, operation.read());
        var read = clock.instant();
        while (true) {
            progress.show(steps);
            var left = Duration.between(clock.instant(), deadline);
            if (left.isNegative() || left.isZero()) {
                throw Ending.timedOut(connection, timeout);
            }
            var signal = signals.poll(shorter(left, TICK).toMillis(), TimeUnit.MILLISECONDS);
            var due = Duration.between(read, clock.instant()).compareTo(REFRESH) >= 0;
            if (signal == null && !due) {
                continue;
            }
            switch (signal == null ? new Signal.Changed() : signal) {
                case Signal.Broken(var failure) -> throw failure;
                case Signal.Over(var end) -> {
                    var last = end.orElse(connection);
                    progress.show(Steps.of(last, operation.read()));
                    return end;
                }
                case Signal.Changed() -> {
                    connection = find(first, Map.of(), Duration.ZERO).orElse(connection);
                    steps = Steps.of(connection, operation.read());
                    read = clock.instant();
                }
            }
        }
    }

    private Optional<JsonNode> find(JsonNode connection, Map<String, String> query, Duration wait) {
        return api.find("/v1/connections/" + Resource.id(connection), query, wait)
                .map(Reply::body);
    }

    private void poll(String id, Goal goal, Instant deadline) {
        try {
            while (true) {
                var wait = shorter(LONGEST_POLL, Duration.between(clock.instant(), deadline));
                var seconds = Math.max(1, wait.toSeconds());
                var query = Map.of("wait", goal.word(), "timeout_s", Long.toString(seconds));
                var asked = System.nanoTime();
                var found = api.find("/v1/connections/" + id, query, Duration.ofSeconds(seconds))
                        .map(Reply::body);
                if (found.isEmpty() || goal.isOver(Json.text(found.get(), "status"))) {
                    signals.put(new Signal.Over(found));
                    return;
                }
                signals.offer(new Signal.Changed());
                var took = Duration.ofNanos(System.nanoTime() - asked);
                if (took.compareTo(SHORTEST_POLL) < 0) {
                    // Answered at once although nothing is over, such as while it is rolling back.
                    Thread.sleep(SHORTEST_POLL.minus(took));
                }
            }
        } catch (Failure e) {
            signals.offer(new Signal.Broken(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Signals every event about the connection. Without a stream the waiting works too, only less lively. */
    private void listen(String id) {
        try (var stream = api.events("")) {
            signals.offer(new Signal.Changed());
            for (var event = stream.next(); event.isPresent(); event = stream.next()) {
                if (event.get().isAbout(id)) {
                    signals.offer(new Signal.Changed());
                }
            }
        } catch (IOException | Failure e) {
            signals.offer(new Signal.Changed());
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Reads a connection's latest operation. */
    private final class Latest {
        private final String connectionId;
        private final String operationId;

        Latest(String connectionId, String operationId) {
            this.connectionId = connectionId;
            this.operationId = operationId;
        }

        Optional<JsonNode> read() {
            if (!operationId.isEmpty()) {
                return api.find("/v1/operations/" + Api.encode(operationId), Map.of())
                        .map(Reply::body);
            }
            return api.list("operations", Map.of("resource_id", connectionId), 100).stream()
                    .max(Comparator.comparing(operation -> Json.text(operation, "created_at")));
        }
    }
}
