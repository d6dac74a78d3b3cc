package io.isthmus.southbound;

/** What came of asking the outside world. */
public sealed interface Outcome<T> {
    record Done<T>(T value) implements Outcome<T> {}

    /** The other side said no; asking again unchanged will not help. */
    record Refused<T>(Failure failure) implements Outcome<T> {}

    /** The other side could not be asked: nothing was changed. */
    record Unreachable<T>(Failure failure) implements Outcome<T> {}

    /** Asked, but no answer came: it may or may not have happened. Observe before going on. */
    record Unknown<T>(Failure failure) implements Outcome<T> {}
}
