package io.isthmus.cli.http;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** JSON and YAML; each reader is made when it is first needed, so that {@code --help} does not wait for it. */
public final class Json {
    private Json() {}

    private static final class JsonFormat {
        static final JsonMapper MAPPER = JsonMapper.builder().build();
    }

    private static final class YamlFormat {
        static final YAMLMapper MAPPER = YAMLMapper.builder()
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .build();
    }

    /**
     * Reads one JSON value.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static JsonNode parse(String text) {
        try {
            return JsonFormat.MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads one YAML document; JSON is YAML too.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static JsonNode parseYaml(String text) {
        try {
            return YamlFormat.MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    public static String compact(JsonNode value) {
        return value.toString();
    }

    /** Over several lines, for people and files. */
    public static String pretty(JsonNode value) {
        return value.toPrettyString();
    }

    public static String yaml(JsonNode value) {
        return YamlFormat.MAPPER.writeValueAsString(value);
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The text of the scalar at {@code path} of {@code object}; empty where there is none, or it is null or not a scalar. */
    public static String text(JsonNode object, String... path) {
        var value = object;
        for (var part : path) {
            value = value.path(part);
        }
        return value.isValueNode() && !value.isNull() ? value.asString() : "";
    }
}
