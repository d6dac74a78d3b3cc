package io.isthmus.cli.command;

import io.isthmus.cli.http.Api;
import io.isthmus.cli.http.Authenticator;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Trace;
import io.isthmus.cli.http.Trust;
import io.isthmus.cli.keystone.CloudSettings;
import io.isthmus.cli.keystone.CloudsFile;
import io.isthmus.cli.keystone.Keystone;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** One run of the command: its surroundings, and the controller that it speaks to once it is asked for. */
public final class Session implements AutoCloseable {
    public static final String DEFAULT_URL = "http://127.0.0.1:8642";

    private final Surroundings surroundings;
    private Optional<String> url = Optional.empty();
    private Optional<String> cloud = Optional.empty();
    private Optional<Path> cacert = Optional.empty();
    private boolean insecure;
    private boolean debug;
    private boolean timing;
    private final Trace trace = new Trace();
    private Optional<Api> api = Optional.empty();
    private Optional<Keystone> keystone = Optional.empty();

    public Session(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    void useUrl(String chosen) {
        url = Optional.of(chosen);
    }

    void useCloud(String chosen) {
        cloud = Optional.of(chosen);
    }

    void useCacert(String file) {
        cacert = Optional.of(Path.of(file));
    }

    void trustAnybody() {
        insecure = true;
    }

    void showRequests() {
        debug = true;
    }

    void showTimes() {
        timing = true;
    }

    /** The Keystone by which the operator is known; empty where nothing names one, as for {@code --auth none}. */
    public Optional<Keystone> keystone() {
        if (keystone.isEmpty()) {
            var environment = surroundings.environment();
            keystone = cloud.or(() -> Optional.ofNullable(environment.get("OS_CLOUD")))
                    .filter(name -> !name.isBlank())
                    .map(CloudsFile.of(environment)::cloud)
                    .or(() -> CloudSettings.ofVariables(environment))
                    .map(settings -> settings.trusting(cacert, insecure))
                    .map(Keystone::new);
        }
        return keystone;
    }

    public Api api() {
        var opened = api.orElseGet(this::open);
        api = Optional.of(opened);
        return opened;
    }

    private Api open() {
        var known = keystone();
        var file = cacert.or(() -> known.flatMap(each -> each.settings().trust().cacert()))
                .or(() -> Optional.ofNullable(surroundings.environment().get("OS_CACERT"))
                        .filter(text -> !text.isBlank())
                        .map(Path::of));
        var verify =
                !insecure && known.map(each -> each.settings().trust().verify()).orElse(true);
        return new Api(
                controller(known),
                known.<Authenticator>map(each -> each).orElseGet(Authenticator::none),
                surroundings.ids(),
                new Trust(file, verify),
                trace);
    }

    /** As told; else as the catalogue says; else on this machine. */
    private URI controller(Optional<Keystone> known) {
        var told = url.or(() -> Optional.ofNullable(surroundings.environment().get("ISTHMUS_URL")))
                .filter(text -> !text.isBlank());
        if (told.isPresent()) {
            return parse(told.get());
        }
        return known.filter(Keystone::hasUrl)
                .map(each -> each.endpoint(Keystone.SERVICE_TYPE))
                .orElseGet(() -> parse(DEFAULT_URL));
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

    /** What {@code --debug} and {@code --timing} promised. */
    private void tell() {
        var exchanges = trace.exchanges();
        if (debug) {
            exchanges.forEach(each -> surroundings.err().line("debug: " + each.text()));
        }
        if (timing) {
            var total =
                    exchanges.stream().mapToLong(each -> each.took().toMillis()).sum();
            surroundings.err().line("timing: " + exchanges.size() + " requests, " + total + " ms");
        }
    }

    @Override
    public void close() {
        tell();
        keystone.ifPresent(Keystone::close);
        api.ifPresent(Api::close);
        api = Optional.empty();
    }
}
