package io.isthmus.store;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A stored value with its record.
 *
 * @param revision grows with every change; a writer names the revision it saw
 * @param tags free words of the owner's
 */
public record Stored<T>(T value, Instant createdAt, Instant updatedAt, long revision, List<String> tags) {
    public Stored {
        tags = List.copyOf(tags);
    }

    /** The record of something made now. */
    public static <T> Stored<T> first(T value, List<String> tags, Instant now) {
        var time = Micros.round(now);
        return new Stored<>(value, time, time, 1, tags);
    }

    /** The record of its next revision. */
    public Stored<T> next(T changed, List<String> changedTags, Instant now) {
        return new Stored<>(changed, createdAt, Micros.round(now), revision + 1, changedTags);
    }

    public <U> Stored<U> map(Function<T, U> change) {
        return new Stored<>(change.apply(value), createdAt, updatedAt, revision, tags);
    }
}
