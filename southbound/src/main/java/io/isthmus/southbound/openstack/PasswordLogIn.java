package io.isthmus.southbound.openstack;

import io.isthmus.southbound.Failure;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gets a token for a person who gives name and password ({@code POST /v3/auth/tokens}, Identity API v3). It keeps nothing: not
 * the password, not the token.
 */
public final class PasswordLogIn implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final URI authUrl;
    private final Http http;
    private final OpenStackOptions options;

    public PasswordLogIn(URI authUrl, OpenStackOptions options) {
        this.authUrl = authUrl;
        this.http = new Http(options, Optional.empty());
        this.options = options;
    }

    /**
     * Who wants a token, and for what.
     *
     * @param project of which the token shall be; empty for the whole system
     */
    public record Person(String user, String userDomain, String password, String project, String projectDomain) {
        @Override
        public String toString() {
            return user + "@" + userDomain;
        }
    }

    /** What Keystone said. */
    public sealed interface Answer {
        record Given(String token, Instant expiresAt) implements Answer {
            @Override
            public String toString() {
                return "a token until " + expiresAt;
            }
        }

        /** Name, password or scope is wrong; Keystone does not say which. */
        record Refused() implements Answer {}

        record NotAnswered(Failure failure) implements Answer {}
    }

    public Answer logIn(Person person) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(TokenDesk.v3(authUrl) + "/auth/tokens"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("auth", auth(person)))));
        try {
            var reply = http.send(request, Deadline.after(options.callTimeout()));
            if (reply.status() == 400 || reply.status() == 401 || reply.status() == 403) {
                return new Answer.Refused();
            }
            if (!reply.isSuccess() || reply.subjectToken().isEmpty()) {
                return notAnswered(Words.of(reply, List.of(person.password())).text());
            }
            return new Answer.Given(reply.subjectToken().get(), expiry(reply.body()));
        } catch (Http.NoReply e) {
            return notAnswered(e.words());
        } catch (JacksonException e) {
            return notAnswered("answered with something that is not a token");
        }
    }

    private Answer notAnswered(String words) {
        return new Answer.NotAnswered(new Failure(
                "keystone_unreachable",
                "Keystone at " + Http.host(authUrl) + " " + words,
                "Try again; if that does not help, see from this node whether " + authUrl + " answers."));
    }

    private static Instant expiry(String body) {
        return JSON.readValue(body, Reply.class).token().expiresAt();
    }

    private record Reply(Token token) {}

    private record Token(
            @com.fasterxml.jackson.annotation.JsonProperty("expires_at")
            Instant expiresAt) {}

    private static Map<String, Object> auth(Person person) {
        var user = Map.of(
                "name", person.user(), "password", person.password(), "domain", Map.of("name", person.userDomain()));
        var auth = new LinkedHashMap<String, Object>();
        auth.put("identity", Map.of("methods", List.of("password"), "password", Map.of("user", user)));
        auth.put(
                "scope",
                person.project().isEmpty()
                        ? Map.of("system", Map.of("all", true))
                        : Map.of(
                                "project",
                                Map.of("name", person.project(), "domain", Map.of("name", person.projectDomain()))));
        return auth;
    }

    @Override
    public void close() {
        http.close();
    }
}
