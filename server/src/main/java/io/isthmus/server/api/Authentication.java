package io.isthmus.server.api;

import java.util.Optional;

/** How callers are known. */
public interface Authentication {
    /** Reads a request's headers, by name in any case. */
    @FunctionalInterface
    interface Headers {
        Optional<String> find(String name);
    }

    /**
     * Who asks.
     *
     * @throws Problem.Unauthorized if that cannot be told
     */
    Caller authenticate(Headers headers);

    /** What every reply has to warn of. */
    default Optional<String> warning() {
        return Optional.empty();
    }

    /** Whether it is so weak that only this machine may be served. */
    default boolean isForLoopbackOnly() {
        return false;
    }
}
