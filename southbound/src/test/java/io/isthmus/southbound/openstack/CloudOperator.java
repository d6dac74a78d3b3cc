package io.isthmus.southbound.openstack;

import io.isthmus.southbound.Credential;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An administrator of a cloud who works beside Isthmus, with plain requests of their own. */
public final class CloudOperator implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI neutronUrl;
    private final String token;

    public CloudOperator(URI authUrl, Credential.KeystonePassword user, URI neutronUrl)
            throws IOException, InterruptedException {
        this.neutronUrl = neutronUrl;
        this.token = token(authUrl, user);
    }

    private String token(URI authUrl, Credential.KeystonePassword user) throws IOException, InterruptedException {
        var person = Map.of(
                "name", user.username(),
                "password", user.password(),
                "domain", Map.of("name", user.userDomainName()));
        var project = Map.of("name", user.projectName(), "domain", Map.of("name", user.projectDomainName()));
        var body = Map.of(
                "auth",
                Map.of(
                        "identity", Map.of("methods", List.of("password"), "password", Map.of("user", person)),
                        "scope", Map.of("project", project)));
        var request = HttpRequest.newBuilder(URI.create(authUrl + "/auth/tokens"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        var reply = client.send(request, HttpResponse.BodyHandlers.ofString());
        return reply.headers()
                .firstValue("X-Subject-Token")
                .orElseThrow(() -> new IOException("no token: " + reply.statusCode()));
    }

    /** Makes an item and answers its id. */
    public String create(String items, Map<String, ?> fields) throws IOException, InterruptedException {
        var reply = send("POST", "/" + items, Optional.of(Map.of(single(items), fields)));
        return reply.path(single(items)).path("id").asString();
    }

    void update(String items, String id, Map<String, ?> fields) throws IOException, InterruptedException {
        send("PUT", "/" + items + "/" + id, Optional.of(Map.of(single(items), fields)));
    }

    void delete(String items, String id) throws IOException, InterruptedException {
        send("DELETE", "/" + items + "/" + id, Optional.empty());
    }

    /** Has something done to an item. */
    void act(String items, String id, String action, Map<String, ?> body) throws IOException, InterruptedException {
        send("PUT", "/" + items + "/" + id + "/" + action, Optional.of(body));
    }

    /** The items whose field has this value. */
    List<JsonNode> list(String items, String field, String value) throws IOException, InterruptedException {
        var found = new ArrayList<JsonNode>();
        for (var item : send("GET", "/" + items + "?" + field + "=" + value, Optional.empty())
                .path(items)) {
            found.add(item);
        }
        return found;
    }

    private JsonNode send(String method, String path, Optional<Object> body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(neutronUrl + "/v2.0" + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("X-Auth-Token", token)
                .method(
                        method,
                        body.map(JSON::writeValueAsString)
                                .map(HttpRequest.BodyPublishers::ofString)
                                .orElseGet(HttpRequest.BodyPublishers::noBody))
                .build();
        var reply = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (reply.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + reply.statusCode() + " " + reply.body());
        }
        return JSON.readTree(reply.body());
    }

    private static String single(String items) {
        return items.substring(0, items.length() - 1);
    }

    @Override
    public void close() {
        client.close();
    }
}
