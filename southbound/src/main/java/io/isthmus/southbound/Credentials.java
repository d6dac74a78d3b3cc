package io.isthmus.southbound;

import java.util.Optional;

/** The credentials that this node holds; they stay with the node and never reach the store. */
@FunctionalInterface
public interface Credentials {
    Optional<Credential> find(String credentialId);
}
