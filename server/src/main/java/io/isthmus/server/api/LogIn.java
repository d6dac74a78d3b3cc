package io.isthmus.server.api;

import java.time.Instant;

/** Gets tokens for people who give name and password. */
@FunctionalInterface
public interface LogIn {
    /**
     * Who wants a token, and for what.
     *
     * @param project of which the token shall be; empty for the whole system
     */
    record Person(String user, String userDomain, String password, String project, String projectDomain) {
        @Override
        public String toString() {
            return user + "@" + userDomain;
        }
    }

    /** A token, and until when it is good. */
    record Given(String token, Instant expiresAt) {
        @Override
        public String toString() {
            return "a token until " + expiresAt;
        }
    }

    /**
     * Asks for a token.
     *
     * @throws Problem.Unauthorized if the person is refused, whatever is wrong
     * @throws Problem.Unavailable if that cannot be found out just now
     */
    Given logIn(Person person) throws InterruptedException;
}
