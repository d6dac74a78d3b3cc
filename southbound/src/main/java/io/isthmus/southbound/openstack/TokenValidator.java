package io.isthmus.southbound.openstack;

import io.isthmus.southbound.Credentials;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.openstack.Keystone.Door;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks one Keystone who bears a token ({@code GET /v3/auth/tokens}, Identity API v3), in the name of a user of the node's own.
 * It keeps that user's token, and no other.
 */
public final class TokenValidator implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,8192}");

    private final Door door;
    private final HttpClients clients;
    private final Http http;
    private final Keystone keystone;
    private final OpenStackOptions options;

    /** @param credentialId of a user that may validate tokens: with the role service, or admin */
    public TokenValidator(
            URI authUrl, String credentialId, Credentials credentials, OpenStackOptions options, InstantSource clock) {
        this.door = new Door(authUrl, credentialId, Optional.empty());
        this.clients = new HttpClients(options);
        this.http = clients.trusting(Optional.empty());
        this.keystone = new Keystone(clients, credentials, options, clock, clock);
        this.options = options;
    }

    /** What Keystone said of a token. */
    public sealed interface Answer {
        record Known(TokenBearer bearer) implements Answer {}

        /** Keystone never gave it, or it has expired, or it was revoked. */
        record Refused() implements Answer {}

        /** Nothing is known of the token. */
        record NotAnswered(Failure failure) implements Answer {}
    }

    public Answer validate(String token) throws InterruptedException {
        if (!TOKEN.matcher(token).matches()) {
            return new Answer.Refused();
        }
        var deadline = Deadline.after(options.callTimeout());
        try {
            var own = keystone.session(door, deadline);
            var reply = ask(own, token, deadline);
            if (reply.status() == 401) {
                // The node's own token was refused: it may have been revoked, so that a new one helps.
                keystone.drop(door, own);
                own = keystone.session(door, deadline);
                reply = ask(own, token, deadline);
            }
            return answer(reply, List.of(token, own.token()));
        } catch (NotDone notDone) {
            return new Answer.NotAnswered(notDone.failure());
        } catch (Http.NoReply e) {
            return new Answer.NotAnswered(TokenDesk.unreachable(door, e).failure());
        }
    }

    private Http.Reply ask(Session own, String token, Deadline deadline) throws Http.NoReply, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(TokenDesk.v3(door.authUrl()) + "/auth/tokens?nocatalog=1"))
                .header("Accept", "application/json")
                .header("X-Auth-Token", own.token())
                .header("X-Subject-Token", token)
                .GET();
        return http.sendAgain(request, deadline);
    }

    private Answer answer(Http.Reply reply, List<String> secrets) {
        if (reply.status() == 404) {
            return new Answer.Refused();
        }
        if (reply.isSuccess()) {
            try {
                return new Answer.Known(
                        JSON.readValue(reply.body(), BearerReply.class).bearer());
            } catch (JacksonException e) {
                return notAnswered(
                        "keystone_error",
                        "answered with something that is not a token",
                        "Check that " + door.authUrl() + " is a Keystone v3.");
            }
        }
        var words = Words.of(reply, secrets).text();
        if (reply.isPassing()) {
            return notAnswered("keystone_error", words, "Look into Keystone's log.");
        }
        return notAnswered(
                "credential_refused",
                "does not let the credential " + door.credentialId() + " validate tokens: it " + words,
                "Give the user of the credential " + door.credentialId() + " the role service or admin.");
    }

    private Answer notAnswered(String code, String words, String hint) {
        return new Answer.NotAnswered(
                new Failure(code, "Keystone at " + Http.host(door.authUrl()) + " " + words, hint));
    }

    @Override
    public void close() {
        clients.close();
    }
}
