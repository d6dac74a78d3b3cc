package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.site.Gateway;
import io.isthmus.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** A real server on a free port and a client that holds every exchange against the contract. */
abstract class ApiTest {
    static final JsonMapper JSON = new JsonMapper();
    static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    final FakeEngine engine = new FakeEngine();
    Stores stores;
    ApiServer server;

    @BeforeEach
    void start() {
        stores = Stores.open(folder.resolve("isthmus.db"));
        server = ApiServer.start(
                new ApiConfig("127.0.0.1", 0).with(limits()),
                new ApiServer.Parts(
                        stores, engine, SiteHealth.UNKNOWN, ApiTest::checkGateway, authentication(), clock()));
    }

    ApiLimits limits() {
        return ApiLimits.DEFAULT;
    }

    InstantSource clock() {
        return InstantSource.system();
    }

    Authentication authentication() {
        return new NoAuthentication();
    }

    @AfterEach
    void stop() {
        server.close();
        stores.close();
    }

    private static void checkGateway(Gateway gateway) {
        if (!gateway.driver().equals("frr")) {
            throw new IllegalArgumentException("there is no driver " + gateway.driver());
        }
    }

    /** A reply, with its headers' names in lower case. */
    record Answer(int status, Map<String, List<String>> headers, JsonNode body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        String text(String... path) {
            var node = body;
            for (var field : path) {
                node = node.path(field);
            }
            return node.asString("");
        }

        Answer with(int wanted) {
            assertThat(status).as(String.valueOf(body)).isEqualTo(wanted);
            return this;
        }

        /** The pointer of the first error. */
        String pointer() {
            return body.path("errors").path(0).path("pointer").asString("");
        }

        void isProblem(int wanted, String code, String pointer) {
            with(wanted);
            assertThat(text("code")).as(String.valueOf(body)).isEqualTo(code);
            assertThat(pointer()).isEqualTo(pointer);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    Answer get(String path, String... headers) {
        return send("GET", path, MissingNode.getInstance(), headers);
    }

    Answer post(String path, JsonNode body, String... headers) {
        return send("POST", path, body, headers);
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, JSON.readTree(body), headers);
    }

    Answer put(String path, JsonNode body, String... headers) {
        return send("PUT", path, body, headers);
    }

    Answer patch(String path, String body, String... headers) {
        return send("PATCH", path, JSON.readTree(body), headers);
    }

    Answer delete(String path, String... headers) {
        return send("DELETE", path, MissingNode.getInstance(), headers);
    }

    Answer send(String method, String path, JsonNode body, String... headers) {
        var mediaType = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        var answer = raw(method, path, body.isMissingNode() ? "" : body.toString(), mediaType, headers);
        var operation = Contract.SERVED.operation(method.toLowerCase(Locale.ROOT), plain(path));
        if (!body.isMissingNode() && answer.status() < 300) {
            assertThat(Contract.SERVED.againstRequest(operation, mediaType, body))
                    .as("contract against the accepted request " + body)
                    .isEmpty();
        }
        return answer;
    }

    /** Sends any bytes; the reply is held against the contract where it knows the path. */
    Answer raw(String method, String path, String body, String mediaType, String... headers) {
        var request = HttpRequest.newBuilder(uri(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", mediaType);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            var names = Contract.lowerCase(response.headers().map());
            var isJson =
                    names.getOrDefault("content-type", List.of("")).getFirst().contains("json");
            JsonNode document = response.body().isEmpty()
                    ? MissingNode.getInstance()
                    : isJson
                            ? JSON.readTree(response.body())
                            : JSON.getNodeFactory().stringNode(response.body());
            var answer = new Answer(response.statusCode(), names, document);
            var lower = method.toLowerCase(Locale.ROOT);
            if (Contract.SERVED.has(lower, plain(path))) {
                Contract.SERVED.checkReply(
                        Contract.SERVED.operation(lower, plain(path)), answer.status(), names, document);
            }
            return answer;
        } catch (IOException broken) {
            throw new AssertionError(broken);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static String plain(String path) {
        return path.split("\\?", 2)[0];
    }

    static ObjectNode example(String name) {
        return (ObjectNode) Contract.SERVED.example(name);
    }

    /** The example's site under another id, in a region of its own. */
    static ObjectNode site(String id) {
        var site = example("site_b");
        site.put("id", id).put("name", "Site " + id.toUpperCase(Locale.ROOT));
        ((ObjectNode) site.get("cloud")).put("region_name", "Region" + id.toUpperCase(Locale.ROOT));
        return site;
    }

    void addSites(String... ids) {
        for (var id : ids) {
            post("/v1/sites", site(id)).with(201);
        }
    }

    /** The example's connection between b and d. */
    ObjectNode bToD() {
        return example("connect_b_d");
    }
}
