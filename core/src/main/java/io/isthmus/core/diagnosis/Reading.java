package io.isthmus.core.diagnosis;

import java.util.Optional;

/** What was read of something, or why it could not be read. */
public sealed interface Reading<T> {
    record Read<T>(T value) implements Reading<T> {}

    /**
     * It could not be read.
     *
     * @param code stable and documented, such as {@code neutron_unreachable}
     */
    record Failed<T>(String code, String detail, String hint) implements Reading<T> {}

    /** Nobody tried, because something before it failed. */
    record NotTried<T>(String why) implements Reading<T> {}

    default Optional<T> found() {
        return this instanceof Read<T>(var value) ? Optional.of(value) : Optional.empty();
    }
}
