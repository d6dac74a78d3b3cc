package io.isthmus.southbound.openstack;

import java.time.Instant;
import java.util.Set;

/** Who bears a token, as Keystone said. */
public record TokenBearer(String userId, Scope scope, Set<String> roles, Instant expiresAt) {
    public TokenBearer {
        roles = Set.copyOf(roles);
    }

    /** What the roles of a token hold for. */
    public sealed interface Scope {
        record Project(String id) implements Scope {}

        /** The whole deployment. */
        record Everything() implements Scope {}

        record Domain(String id) implements Scope {}

        /** The token says who its bearer is and nothing else. */
        record Nothing() implements Scope {}
    }
}
