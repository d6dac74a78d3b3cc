package io.isthmus.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP, as plainly as a test needs it. */
final class Http {
    static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private Http() {}

    record Reply(int status, JsonNode body, HttpResponse<String> raw) {
        Reply expect(int wanted) {
            if (status != wanted) {
                throw new IllegalStateException(
                        raw.request().method() + " " + raw.uri() + " answered " + status + ": " + raw.body());
            }
            return this;
        }
    }

    static Reply send(String method, URI uri, Map<String, String> headers, @Nullable Object body) {
        var request = HttpRequest.newBuilder(uri).timeout(LIMIT);
        headers.forEach(request::header);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header(
                    "Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
            request.method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        }
        try {
            var reply = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var text = reply.body();
            var json = text.isBlank() || !text.stripLeading().matches("(?s)[\\[{].*")
                    ? JSON.createObjectNode()
                    : JSON.readTree(text);
            return new Reply(reply.statusCode(), json, reply);
        } catch (IOException failed) {
            throw new UncheckedIOException(method + " " + uri, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
