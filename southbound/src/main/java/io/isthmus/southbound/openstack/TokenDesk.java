package io.isthmus.southbound.openstack;

import io.isthmus.southbound.Credential;
import io.isthmus.southbound.openstack.Keystone.Door;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Asks Keystone v3 for a token of a project, by password or by application credential. */
final class TokenDesk {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    /** A token is given up this long before it expires, or after three quarters of a shorter life. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final HttpClients clients;
    private final InstantSource clock;
    private final InstantSource dates;
    /** Where version 3 is, by URLs that are not its own. */
    private final Map<URI, URI> bases = new ConcurrentHashMap<>();

    /**
     * A desk.
     *
     * @param clock by which tokens live; only its differences count
     * @param dates the node's date, to be compared with Keystone's
     */
    TokenDesk(HttpClients clients, InstantSource clock, InstantSource dates) {
        this.clients = clients;
        this.clock = clock;
        this.dates = dates;
    }

    /**
     * A session with what Keystone's own times say.
     *
     * @param clockAhead how far Keystone's clock is ahead of this node's, as well as the time for the answer lets us say
     */
    record Fresh(Session session, Duration clockAhead, Duration life) {}

    Session ask(Door door, Credential credential, Deadline deadline) throws NotDone, InterruptedException {
        return fresh(door, credential, deadline).session();
    }

    Fresh fresh(Door door, Credential credential, Deadline deadline) throws NotDone, InterruptedException {
        var http = clients.trusting(door.caCertificate());
        var asked = new Asked(clock.instant(), dates.instant());
        try {
            var base = bases.getOrDefault(door.authUrl(), URI.create(v3(door.authUrl())));
            var reply = http.sendAgain(request(base, credential), deadline);
            if (reply.status() == 300 || reply.status() == 404 || reply.status() == 405) {
                // Nothing gives tokens there: the URL may be that of a page which tells where version 3 is.
                var told = new Discovery(http, deadline).version3(door.authUrl());
                if (told.isPresent() && !told.get().equals(base)) {
                    bases.put(door.authUrl(), told.get());
                    reply = http.sendAgain(request(told.get(), credential), deadline);
                }
            }
            if (!reply.isSuccess()) {
                throw complaint(door, reply, credential);
            }
            return read(door, reply, asked);
        } catch (Http.NoReply e) {
            throw unreachable(door, e);
        }
    }

    /** When a token was asked for, on both clocks. */
    private record Asked(Instant at, Instant date) {}

    static NotDone unreachable(Door door, Http.NoReply noReply) {
        var usual = unreachable(door, noReply.words());
        return noReply.misfit()
                .map(misfit ->
                        NotDone.unreachable(misfit.code(), usual.failure().detail(), misfit.hint()))
                .orElse(usual);
    }

    static NotDone unreachable(Door door, String words) {
        return NotDone.unreachable(
                "keystone_unreachable",
                name(door) + " " + words,
                "Check from this node that " + door.authUrl() + " answers.");
    }

    private static String name(Door door) {
        return "Keystone at " + Http.host(door.authUrl());
    }

    private static HttpRequest.Builder request(URI base, Credential credential) throws NotDone {
        var scoped = JSON.writeValueAsString(Map.of("auth", auth(credential)));
        return HttpRequest.newBuilder(URI.create(base + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(scoped));
    }

    /** Keystone's API version 3, whether or not its URL names it. */
    static String v3(URI authUrl) {
        var base = authUrl.toString().replaceAll("/+$", "");
        return base.endsWith("/v3") ? base : base + "/v3";
    }

    private static SortedMap<String, Object> auth(Credential credential) throws NotDone {
        var auth = new java.util.TreeMap<String, Object>();
        switch (credential) {
            case Credential.KeystonePassword user -> {
                auth.put("identity", Map.of("methods", List.of("password"), "password", Map.of("user", user(user))));
                auth.put("scope", Map.of("project", named(user.projectName(), user.projectDomainName())));
            }
            case Credential.ApplicationCredential application ->
                auth.put(
                        "identity",
                        Map.of(
                                "methods",
                                List.of("application_credential"),
                                "application_credential",
                                Map.of("id", application.id(), "secret", application.secret())));
            case Credential.SshKey _ ->
                throw NotDone.refused(
                        "credential_refused",
                        "the credential of the site's cloud is an SSH key, which opens no Keystone",
                        "Correct the site's credential_id: a cloud needs a Keystone password or an application"
                                + " credential.");
        }
        return auth;
    }

    private static Map<String, Object> user(Credential.KeystonePassword user) {
        return Map.of(
                "name", user.username(),
                "password", user.password(),
                "domain", Map.of("name", user.userDomainName()));
    }

    private static Map<String, Object> named(String name, String domainName) {
        return Map.of("name", name, "domain", Map.of("name", domainName));
    }

    private Fresh read(Door door, Http.Reply reply, Asked asked) throws NotDone {
        try {
            var token = JSON.readValue(reply.body(), TokenReply.class).token();
            var text = reply.subjectToken();
            var project = token.project();
            if (text.isEmpty() || project.isEmpty()) {
                throw NotDone.refused(
                        "keystone_rejected",
                        name(door) + " gave a token without a project",
                        "Give the user of the credential " + door.credentialId() + " a role in a project.");
            }
            var quarter = token.life().dividedBy(4);
            var session = new Session(
                    text.get(),
                    project.get().id(),
                    asked.at(),
                    asked.at().plus(token.life()).minus(quarter.compareTo(MARGIN) < 0 ? quarter : MARGIN),
                    token.catalogue());
            var between = asked.date()
                    .plus(Duration.between(asked.date(), dates.instant()).dividedBy(2));
            return new Fresh(session, Duration.between(between, token.issuedAt()), token.life());
        } catch (JacksonException | IllegalArgumentException e) {
            throw unreachable(door, "answered " + reply.status() + " with something that is not a token");
        }
    }

    private static NotDone complaint(Door door, Http.Reply reply, Credential credential) {
        var words = Words.of(reply, secrets(credential)).text();
        if (reply.isPassing()) {
            return NotDone.unreachable(
                    "keystone_error",
                    name(door) + " " + words,
                    "Look into Keystone's log; Isthmus asks again by itself.");
        }
        if (reply.status() == 401) {
            return NotDone.refused(
                    "credential_refused",
                    name(door) + " refused the credential " + door.credentialId() + ": it " + words,
                    "Renew the credential " + door.credentialId() + " on this node; check its user and project.");
        }
        return NotDone.refused(
                "keystone_rejected",
                name(door) + " " + words,
                "Check the site's auth_url, which ends in /v3, and the names of user, project and domains in the"
                        + " credential " + door.credentialId() + ".");
    }

    private static List<String> secrets(Credential credential) {
        return switch (credential) {
            case Credential.KeystonePassword password -> List.of(password.password());
            case Credential.ApplicationCredential application -> List.of(application.secret());
            case Credential.SshKey _ -> List.of();
        };
    }
}
