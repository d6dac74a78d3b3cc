package io.isthmus.cli.http;

import java.util.Map;

/** Proves who the caller is: the headers that go with every request. */
@FunctionalInterface
public interface Authenticator {
    Map<String, String> headers();

    /** Says nothing, for a controller that runs with {@code --auth none}. */
    static Authenticator none() {
        return Map::of;
    }
}
