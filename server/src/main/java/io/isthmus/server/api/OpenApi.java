package io.isthmus.server.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code /openapi}: the contract, in YAML, or in JSON for who asks for it. */
final class OpenApi {
    private static final String FILE = "/api/openapi.yaml";

    private final String yaml;
    private final JsonNode json;

    OpenApi() {
        try (var file = Objects.requireNonNull(OpenApi.class.getResourceAsStream(FILE))) {
            yaml = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        json = new YAMLMapper().readTree(yaml);
    }

    void addTo(Routes routes) {
        routes.open("/openapi", request -> {
            if (request.header("Accept").orElse("").contains("json")) {
                return Reply.ok(json);
            }
            return Reply.text("application/yaml", yaml);
        });
    }
}
