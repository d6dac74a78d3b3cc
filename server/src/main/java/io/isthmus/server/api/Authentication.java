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
     * @throws Problem.Unauthorized if the caller does not prove it
     * @throws Problem.Forbidden if the caller is known, but has no rights here at all
     * @throws Problem.Unavailable if that cannot be found out just now
     */
    Caller authenticate(Headers headers);

    /** How to prove it: the {@code WWW-Authenticate} of a reply that refuses the caller (RFC 9110, section 11.6.1). */
    default Optional<String> challenge() {
        return Optional.empty();
    }

    /** How a person with name and password gets a token, where that is how callers are known. */
    default Optional<LogIn> logIn() {
        return Optional.empty();
    }

    /** What every reply has to warn of. */
    default Optional<String> warning() {
        return Optional.empty();
    }

    /** Whether it is so weak that only this machine may be served. */
    default boolean isForLoopbackOnly() {
        return false;
    }
}
