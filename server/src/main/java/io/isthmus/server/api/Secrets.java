package io.isthmus.server.api;

import io.isthmus.server.credential.Vault;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How secrets that come in are kept.
 *
 * @param vault seals them; empty where the node has no key
 * @param inFile which credentials the node's own file has, by id
 */
public record Secrets(Optional<Vault> vault, Predicate<String> inFile) {
    /** No secret can be taken. */
    public static Secrets none() {
        return new Secrets(Optional.empty(), id -> false);
    }
}
