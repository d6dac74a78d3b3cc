package io.isthmus.cli.http;

import java.util.Map;
import java.util.Optional;

/** Proves who the caller is: the headers that go with every request. */
@FunctionalInterface
public interface Authenticator {
    Map<String, String> headers();

    /** Says nothing, for a controller that runs with {@code --auth none}. */
    static Authenticator none() {
        return Map::of;
    }

    /** A Keystone token that the caller already has. */
    static Authenticator token(String token) {
        return () -> Map.of("X-Auth-Token", token);
    }

    /** Chooses by the {@code OS_*} variables: {@code OS_TOKEN} if it is set. */
    static Authenticator of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("OS_TOKEN"))
                .filter(token -> !token.isBlank())
                .map(Authenticator::token)
                .orElseGet(Authenticator::none);
    }
}
