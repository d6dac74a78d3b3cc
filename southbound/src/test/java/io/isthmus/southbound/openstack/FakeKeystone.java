package io.isthmus.southbound.openstack;

import io.isthmus.southbound.Credential;
import io.isthmus.southbound.openstack.FakeServer.Reply;
import io.isthmus.southbound.openstack.FakeServer.Request;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A Keystone v3 that gives tokens for a password or an application credential, validates them, and has a catalogue. */
public final class FakeKeystone implements AutoCloseable {
    private final InstantSource clock;
    private final FakeServer server;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Map<String, Granted> tokens = new ConcurrentHashMap<>();
    private final List<Listed> listed = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, Object>> borne = new ConcurrentHashMap<>();
    private final AtomicInteger issued = new AtomicInteger();
    private final AtomicInteger validations = new AtomicInteger();
    private volatile String version3 = "/v3";
    private volatile Optional<String> toldBy = Optional.empty();
    private volatile Duration tokenLife = Duration.ofHours(1);

    public FakeKeystone() {
        this(InstantSource.system());
    }

    public FakeKeystone(InstantSource clock) {
        this(clock, Optional.empty());
    }

    FakeKeystone(InstantSource clock, Optional<SSLContext> tls) {
        this.clock = clock;
        this.server = new FakeServer(this::answer, tls);
    }

    private record Account(String secret, String projectId, boolean isAdmin, List<String> roles) {
        Account(String secret, String projectId, boolean isAdmin) {
            this(secret, projectId, isAdmin, List.of());
        }
    }

    /** What a token is good for. */
    record Granted(String projectId, boolean isAdmin, Instant expiresAt) {}

    /** Knows a user from now on; {@code isAdmin} lets them use provider fields. */
    public FakeKeystone withUser(Credential.KeystonePassword user, boolean isAdmin) {
        accounts.put(user.username(), new Account(user.password(), "id-of-" + user.projectName(), isAdmin));
        return this;
    }

    /** Knows a person from now on, whose tokens others may have validated. */
    public FakeKeystone withPerson(String name, String password, String projectName, String... roles) {
        accounts.put(name, new Account(password, "id-of-" + projectName, false, List.of(roles)));
        return this;
    }

    public FakeKeystone withApplicationCredential(Credential.ApplicationCredential credential, String projectName) {
        accounts.put(credential.id(), new Account(credential.secret(), "id-of-" + projectName, true));
        return this;
    }

    private record Listed(String type, String service, String region, String interfaceName, String url) {}

    /** Has a region's Neutron in the catalogue from now on, with an internal address that nobody reaches. */
    public FakeKeystone withRegion(String region, URI neutronUrl) {
        return withEndpoint("network", "neutron", region, "internal", "http://192.0.2.1:9696")
                .withEndpoint("network", "neutron", region, "public", neutronUrl.toString());
    }

    /** Has an address of a service in the catalogue from now on. */
    public FakeKeystone withEndpoint(String type, String service, String region, String interfaceName, String url) {
        listed.add(new Listed(type, service, region, interfaceName, url));
        return this;
    }

    public FakeKeystone withTokenLife(Duration life) {
        tokenLife = life;
        return this;
    }

    /** Serves its version 3 under this path, and says so at every other. */
    FakeKeystone under(String path) {
        return under(path, server.url() + path);
    }

    /** As {@code told} is what it says. */
    FakeKeystone under(String path, String told) {
        version3 = path;
        toldBy = Optional.of(told);
        return this;
    }

    URI root() {
        return server.url();
    }

    public URI authUrl() {
        return URI.create(server.url() + version3);
    }

    /** How many tokens it gave. */
    public int tokensIssued() {
        return issued.get();
    }

    /** Lets no token pass that it gave until now. */
    public void revokeTokens() {
        tokens.clear();
    }

    /** A token of a user in a project. */
    public String tokenOf(String user, String projectId, String... roles) {
        return tokenOf(user, Map.of("project", Map.of("id", projectId, "name", projectId)), roles);
    }

    public String systemTokenOf(String user, String... roles) {
        return tokenOf(user, Map.of("system", Map.of("all", true)), roles);
    }

    /**
     * A token of a user.
     *
     * @param scope as in Keystone's reply; empty for an unscoped token
     */
    public String tokenOf(String user, Map<String, Object> scope, String... roles) {
        var token = nextToken();
        var now = clock.instant();
        var body = new LinkedHashMap<String, Object>(scope);
        body.put("user", Map.of("id", "id-of-" + user, "name", user));
        body.put("issued_at", now.toString());
        body.put("expires_at", now.plus(tokenLife).toString());
        body.put(
                "roles",
                java.util.Arrays.stream(roles).map(role -> Map.of("name", role)).toList());
        borne.put(token, body);
        return token;
    }

    public void revoke(String token) {
        borne.remove(token);
    }

    /** How often it was asked who bears a token. */
    public int validations() {
        return validations.get();
    }

    /** Waits this long before each answer. */
    public void latency(Duration duration) {
        server.latency(duration);
    }

    /** Fails the next {@code times} requests. */
    public void failNext(Fault fault, int times) {
        server.fail(fault, request -> true, 0, times);
    }

    List<Request> requests() {
        return server.requests();
    }

    Optional<Granted> granted(String token) {
        return Optional.ofNullable(tokens.get(token))
                .filter(granted -> clock.instant().isBefore(granted.expiresAt()));
    }

    private Reply answer(Request request) {
        var tokens = version3 + "/auth/tokens";
        if (request.method().equals("GET") && request.path().equals(tokens)) {
            return bearer(request);
        }
        if (toldBy.isPresent() && request.method().equals("GET")) {
            return Reply.json(
                    300,
                    Map.of(
                            "versions",
                            Map.of("values", List.of(discovered("v2.0", "/v2.0"), discovered("v3.14", toldBy.get())))));
        }
        if (!request.method().equals("POST") || !request.path().equals(tokens)) {
            return error(404, "Not Found", "The resource could not be found.");
        }
        var identity = request.json().path("auth").path("identity");
        var user = identity.path("password").path("user");
        var application = identity.path("application_credential");
        var name = user.isObject()
                ? user.path("name").asString("")
                : application.path("id").asString("");
        var secret = user.isObject()
                ? user.path("password").asString("")
                : application.path("secret").asString("");
        var account = accounts.get(name);
        if (account == null || !account.secret().equals(secret)) {
            // A careless server that repeats what it was sent.
            return error(401, "Unauthorized", "The credentials of " + name + " (" + secret + ") are not valid.");
        }
        if (!account.roles().isEmpty()) {
            return grantPerson(name, account, request.json().path("auth").path("scope"));
        }
        return grant(account);
    }

    private static Map<String, Object> discovered(String id, String href) {
        return Map.of("id", id, "status", "stable", "links", List.of(Map.of("rel", "self", "href", href)));
    }

    private Reply bearer(Request request) {
        validations.incrementAndGet();
        var asking = granted(request.header("x-auth-token"));
        if (asking.isEmpty()) {
            return FakeServer.unauthorized();
        }
        if (!asking.get().isAdmin()) {
            return error(403, "Forbidden", "You are not authorized to perform the requested action.");
        }
        var body = borne.get(request.header("x-subject-token"));
        if (body == null || !clock.instant().isBefore(Instant.parse(String.valueOf(body.get("expires_at"))))) {
            return error(404, "Not Found", "Could not recognize Fernet token");
        }
        return Reply.json(200, Map.of("token", body));
    }

    private String nextToken() {
        return "token-" + issued.incrementAndGet() + "-" + Long.toHexString(System.nanoTime());
    }

    private Reply grantPerson(String name, Account account, tools.jackson.databind.JsonNode wanted) {
        var project = wanted.path("project").path("name").asString("");
        if (!account.projectId().equals("id-of-" + project)) {
            return error(401, "Unauthorized", "User has no access to the project.");
        }
        var token = tokenOf(name, account.projectId(), account.roles().toArray(String[]::new));
        var reply = Reply.json(201, Map.of("token", borne.getOrDefault(token, Map.of())));
        return new Reply(
                reply.status(), Map.of("Content-Type", "application/json", "X-Subject-Token", token), reply.body());
    }

    private Reply grant(Account account) {
        var token = nextToken();
        var now = clock.instant();
        tokens.put(token, new Granted(account.projectId(), account.isAdmin(), now.plus(tokenLife)));
        var body = new LinkedHashMap<String, Object>();
        body.put("methods", List.of("password"));
        body.put("issued_at", now.toString());
        body.put("expires_at", now.plus(tokenLife).toString());
        body.put("project", Map.of("id", account.projectId(), "name", "isthmus"));
        body.put("catalog", catalog());
        var reply = Reply.json(201, Map.of("token", body));
        return new Reply(
                reply.status(), Map.of("Content-Type", "application/json", "X-Subject-Token", token), reply.body());
    }

    private List<Map<String, Object>> catalog() {
        record Service(String type, String name) {}
        var services = new LinkedHashMap<Service, List<Map<String, String>>>();
        services.put(new Service("identity", "keystone"), List.of());
        for (var each : listed) {
            services.computeIfAbsent(new Service(each.type(), each.service()), service -> new ArrayList<>())
                    .add(endpoint(each.interfaceName(), each.region(), each.url()));
        }
        return services.entrySet().stream()
                .map(entry -> Map.<String, Object>of(
                        "type", entry.getKey().type(),
                        "name", entry.getKey().name(),
                        "endpoints", entry.getValue()))
                .toList();
    }

    private static Map<String, String> endpoint(String name, String region, String url) {
        return Map.of("interface", name, "region", region, "region_id", region, "url", url, "id", region + name);
    }

    private static Reply error(int status, String title, String message) {
        return Reply.json(status, Map.of("error", Map.of("code", status, "title", title, "message", message)));
    }

    @Override
    public void close() {
        server.close();
    }
}
