package io.isthmus.store;

import io.isthmus.core.quota.Quota;
import java.util.List;

/** What became of a write that depends on what is stored. Only {@link Done} changed anything. */
public sealed interface Change<T> {
    /** {@code stored} is what is there now, or, after a deletion, what was. */
    record Done<T>(Stored<T> stored) implements Change<T> {}

    record Missing<T>() implements Change<T> {}

    /** Somebody else changed it; it is at {@code revision} now. */
    record Stale<T>(long revision) implements Change<T> {}

    /** The id belongs to something already. */
    record Exists<T>(Stored<T> stored) implements Change<T> {}

    /** Something that it names is not there. */
    record Unknown<T>(String resource, String id) implements Change<T> {}

    /** Its project may not have so much of something. */
    record OverQuota<T>(Quota.Exceeded exceeded) implements Change<T> {}

    /** {@code users}, of one resource type, still need it as it is. */
    record InUse<T>(String resource, List<String> users) implements Change<T> {}
}
