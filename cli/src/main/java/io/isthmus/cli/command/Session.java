package io.isthmus.cli.command;

import io.isthmus.cli.http.Api;
import io.isthmus.cli.http.Authenticator;
import io.isthmus.cli.http.Failure;
import java.net.URI;
import java.util.Optional;

/** One run of the command: its surroundings, and the controller that it speaks to once it is asked for. */
public final class Session implements AutoCloseable {
    public static final String DEFAULT_URL = "http://127.0.0.1:8642";

    private final Surroundings surroundings;
    private Optional<String> url = Optional.empty();
    private Optional<Api> api = Optional.empty();

    public Session(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    void useUrl(String chosen) {
        url = Optional.of(chosen);
    }

    public Api api() {
        var opened = api.orElseGet(this::open);
        api = Optional.of(opened);
        return opened;
    }

    private Api open() {
        var environment = surroundings.environment();
        var text = url.orElseGet(() -> environment.getOrDefault("ISTHMUS_URL", ""));
        return new Api(parse(text.isBlank() ? DEFAULT_URL : text), Authenticator.of(environment), surroundings.ids());
    }

    private static URI parse(String text) {
        try {
            var uri = URI.create(text.strip());
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for every other text that is no address.
        }
        throw Failure.usage("Not the address of a controller: " + text, "hint: " + DEFAULT_URL + " is one");
    }

    @Override
    public void close() {
        api.ifPresent(Api::close);
        api = Optional.empty();
    }
}
