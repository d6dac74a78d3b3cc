package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The OpenAPI document, as a judge of requests and replies. */
final class Contract {
    static final Contract SERVED = new Contract();
    private static final String ID = "urn:isthmus:contract";
    private static final String SCHEMA_REF = "#/components/schemas/";
    private static final String RESPONSE_REF = "#/components/responses/";

    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private Contract() {
        try (var file = Objects.requireNonNull(Contract.class.getResourceAsStream("/api/openapi.yaml"))) {
            document = new YAMLMapper().readTree(file.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        var text = new JsonMapper().writeValueAsString(document);
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(ID, text)));
    }

    JsonNode document() {
        return document;
    }

    JsonNode example(String name) {
        return document.required("components")
                .required("examples")
                .required(name)
                .required("value")
                .deepCopy();
    }

    /** Every method and path that the document promises, as {@code get /v1/sites}. */
    List<String> promises() {
        var promises = new ArrayList<String>();
        for (var path : document.required("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (operation.getValue().has("operationId")) {
                    promises.add(operation.getKey() + " " + path.getKey());
                }
            }
        }
        return promises;
    }

    /** The operation of the document that serves a request; fails if there is none. */
    JsonNode operation(String method, String path) {
        for (var each : document.required("paths").properties()) {
            var pattern = each.getKey().replaceAll("\\{[a-z_]+}", "[^/]+");
            if (path.matches(pattern) && each.getValue().has(method)) {
                return each.getValue().required(method);
            }
        }
        throw new AssertionError("the contract has no " + method + " " + path);
    }

    boolean has(String method, String path) {
        for (var each : document.required("paths").properties()) {
            if (path.matches(each.getKey().replaceAll("\\{[a-z_]+}", "[^/]+"))
                    && each.getValue().has(method)) {
                return true;
            }
        }
        return false;
    }

    /** What a reference stands for; anything else as it is. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref")
                ? resolved(document.at(node.required("$ref").asString().substring(1)))
                : node;
    }

    /** What the contract has against a request's body. */
    List<Error> againstRequest(JsonNode operation, String mediaType, JsonNode body) {
        var content = operation.required("requestBody").required("content");
        assertThat(content.has(mediaType)).as("media type " + mediaType).isTrue();
        return against(content.required(mediaType).required("schema"), body);
    }

    /** Fails if the contract does not allow this reply. */
    void checkReply(JsonNode operation, int status, Map<String, List<String>> headers, JsonNode body) {
        var responses = operation.required("responses");
        var code = Integer.toString(status);
        assertThat(responses.propertyNames())
                .as("replies of " + operation.required("operationId").asString() + ", which answered " + body)
                .contains(code);
        var response = responses.required(code);
        if (response.has("$ref")) {
            response = document.required("components")
                    .required("responses")
                    .required(response.required("$ref").asString().substring(RESPONSE_REF.length()));
        }
        for (var header : response.path("headers").propertyNames()) {
            assertThat(headers).as("headers of " + operation).containsKey(header.toLowerCase(Locale.ROOT));
        }
        if (!response.has("content")) {
            assertThat(body.isMissingNode()).as("no body").isTrue();
            return;
        }
        var mediaType =
                headers.getOrDefault("content-type", List.of("")).getFirst().split(";", 2)[0];
        assertThat(response.required("content").propertyNames()).contains(mediaType);
        assertThat(against(response.required("content").required(mediaType).required("schema"), body))
                .as("contract against " + body)
                .isEmpty();
    }

    private List<Error> against(JsonNode schema, JsonNode body) {
        if (!schema.has("$ref")) {
            return List.of();
        }
        var name = schema.required("$ref").asString().substring(SCHEMA_REF.length());
        return schema(name).validate(body);
    }

    Schema schema(String name) {
        return schemas.computeIfAbsent(name, each -> registry.getSchema(SchemaLocation.of(ID + SCHEMA_REF + each)));
    }

    /** Codes of problems that the document knows. */
    Set<String> problemCodes() {
        var codes = new TreeSet<String>();
        document.required("components")
                .required("schemas")
                .required("ProblemCode")
                .required("enum")
                .forEach(code -> codes.add(code.asString()));
        return codes;
    }

    static Map<String, List<String>> lowerCase(Map<String, List<String>> headers) {
        var lower = new HashMap<String, List<String>>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
        return lower;
    }
}
