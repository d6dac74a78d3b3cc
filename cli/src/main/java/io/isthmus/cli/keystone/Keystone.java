package io.isthmus.cli.keystone;

import io.isthmus.cli.http.Authenticator;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The Keystone of a cloud, as its user: gives the token that goes with every request, and finds services. */
public final class Keystone implements Authenticator, AutoCloseable {
    /** As what the catalogue knows the controller. */
    public static final String SERVICE_TYPE = "georedundancy";

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration REPLY_LIMIT = Duration.ofSeconds(30);
    private static final int BODY_LIMIT = 8 << 20;

    private final CloudSettings settings;
    private @Nullable HttpClient client;
    private @Nullable Session session;

    public Keystone(CloudSettings settings) {
        this.settings = settings;
    }

    /** A token with the catalogue, which may still have to be asked for. */
    private record Session(String token, Optional<JsonNode> catalog) {}

    /** An answer of Keystone. */
    public record Reply(int status, JsonNode body, Optional<String> token) {
        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** What Keystone said of an error. */
        public String words() {
            var message = Json.text(body, "error", "message");
            return message.isEmpty() ? "status " + status : message;
        }
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("X-Auth-Token", session().token());
    }

    /** The region that the settings choose. */
    public Optional<String> region() {
        return settings.region();
    }

    public CloudSettings settings() {
        return settings;
    }

    /** Whether it can be asked anything: a token alone does not say where Keystone is. */
    public boolean hasUrl() {
        return settings.find("auth_url").isPresent();
    }

    /** Where the catalogue says that a service is. */
    public URI endpoint(String serviceType) {
        var regions = new TreeSet<String>();
        for (var service : catalog()) {
            if (!Json.text(service, "type").equals(serviceType)) {
                continue;
            }
            for (var endpoint : service.path("endpoints")) {
                var region = Json.text(endpoint, "region_id");
                if (!Json.text(endpoint, "interface").equals(settings.endpointInterface())) {
                    continue;
                }
                if (settings.region().isEmpty() || settings.region().get().equals(region)) {
                    return URI.create(Json.text(endpoint, "url"));
                }
                regions.add(region);
            }
        }
        throw new Failure(
                ExitCode.NOT_FOUND,
                "Keystone's catalogue has no " + settings.endpointInterface() + " endpoint of a service " + serviceType
                        + settings.region()
                                .map(region -> " in region " + region)
                                .orElse("") + "."
                        + (regions.isEmpty() ? "" : " There is one in: " + String.join(", ", regions) + "."),
                "hint: say where the controller is with --url or ISTHMUS_URL,",
                "      or have it registered: isthmus register --public-url URL");
    }

    private JsonNode catalog() {
        var known = session().catalog();
        if (known.isPresent()) {
            return known.get();
        }
        var reply = send("GET", "/auth/catalog", null, session().token());
        if (!reply.isSuccess()) {
            throw refused(reply);
        }
        return reply.body().path("catalog");
    }

    /** Asks Keystone something in the user's name. */
    public Reply call(String method, String path, @Nullable JsonNode body) {
        return send(method, path, body, session().token());
    }

    private Session session() {
        var opened = session;
        if (opened == null) {
            opened = settings.find("token")
                    .map(token -> new Session(token, Optional.empty()))
                    .orElseGet(this::logIn);
            session = opened;
        }
        return opened;
    }

    private Session logIn() {
        var reply = send("POST", "/auth/tokens", Login.document(settings), "");
        if (!reply.isSuccess() || reply.token().isEmpty()) {
            throw refused(reply);
        }
        return new Session(
                reply.token().get(), Optional.of(reply.body().path("token").path("catalog")));
    }

    private Failure refused(Reply reply) {
        if (reply.status() == 401 || reply.status() == 403 || reply.status() == 404) {
            return new Failure(
                    ExitCode.FAILED,
                    "Keystone at " + host() + " does not let you in.",
                    "hint: check user, password and project in " + settings.source());
        }
        return new Failure(ExitCode.FAILED, "Keystone at " + host() + " answered " + reply.status() + ".");
    }

    /** As people name it: host and port. */
    public String host() {
        var url = URI.create(v3());
        return url.getPort() < 0 ? String.valueOf(url.getHost()) : url.getHost() + ":" + url.getPort();
    }

    private String v3() {
        var base = settings.need("auth_url").strip().replaceAll("/+$", "");
        try {
            var url = URI.create(base.endsWith("/v3") ? base : base + "/v3");
            if (url.getHost() != null && String.valueOf(url.getScheme()).matches("https?")) {
                return url.toString();
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for every other text that is no address.
        }
        throw Failure.usage("The auth_url in " + settings.source() + " is no address of a Keystone.");
    }

    private Reply send(String method, String path, @Nullable JsonNode body, String token) {
        var uri = URI.create(v3() + path);
        var request = HttpRequest.newBuilder(uri)
                .timeout(REPLY_LIMIT)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(Json.compact(body)));
        if (!token.isEmpty()) {
            request.header("X-Auth-Token", token);
        }
        var open = client;
        if (open == null) {
            open = Transport.client(uri, CONNECT_LIMIT, settings.trust());
            client = open;
        }
        try {
            var reply = open.send(
                    request.build(),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), BODY_LIMIT));
            return new Reply(
                    reply.statusCode(), json(reply.body()), reply.headers().firstValue("X-Subject-Token"));
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED,
                    "Nothing answers at the Keystone " + host() + " ("
                            + Optional.ofNullable(e.getMessage())
                                    .orElse(e.getClass().getSimpleName()) + ").",
                    "hint: check auth_url in " + settings.source());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "Interrupted.");
        }
    }

    private static JsonNode json(String text) {
        try {
            return text.isBlank() ? Json.object() : Json.parse(text);
        } catch (IllegalArgumentException e) {
            return Json.object();
        }
    }

    @Override
    public void close() {
        var open = client;
        if (open != null) {
            open.close();
        }
    }
}
