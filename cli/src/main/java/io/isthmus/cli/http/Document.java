package io.isthmus.cli.http;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The body of a request, which remembers with which option the operator gave each part of it. */
public final class Document {
    private final ObjectNode body;
    private final Map<String, String> options = new TreeMap<>();

    private Document(ObjectNode body) {
        this.body = body;
    }

    public static Document empty() {
        return new Document(Json.object());
    }

    public static Document of(ObjectNode body) {
        return new Document(body);
    }

    public ObjectNode body() {
        return body;
    }

    public boolean isEmpty() {
        return body.isEmpty();
    }

    public boolean has(String pointer) {
        return !body.at(JsonPointer.compile(pointer)).isMissingNode();
    }

    /** Puts {@code value} where {@code pointer} (RFC 6901) says, making the objects on the way. */
    public Document put(String pointer, String option, JsonNode value) {
        var parts = pointer.substring(1).split("/", -1);
        var object = body;
        for (int i = 0; i < parts.length - 1; i++) {
            object = object.path(parts[i]) instanceof ObjectNode inner ? inner : object.putObject(parts[i]);
        }
        object.set(parts[parts.length - 1], value);
        options.put(pointer, option);
        return this;
    }

    public Document put(String pointer, String option, String value) {
        return put(pointer, option, JsonNodeFactory.instance.stringNode(value));
    }

    public Document put(String pointer, String option, Optional<?> value) {
        value.ifPresent(found -> put(pointer, option, node(found)));
        return this;
    }

    private static JsonNode node(Object value) {
        var nodes = JsonNodeFactory.instance;
        return switch (value) {
            case JsonNode node -> node;
            case Boolean bool -> nodes.booleanNode(bool);
            case Integer number -> nodes.numberNode(number);
            case Long number -> nodes.numberNode(number);
            case Double number ->
                number == Math.rint(number) && Math.abs(number) < 1e15
                        ? nodes.numberNode(number.longValue())
                        : nodes.numberNode(number);
            case Iterable<?> many -> {
                var array = nodes.arrayNode();
                many.forEach(one -> array.add(node(one)));
                yield array;
            }
            default -> nodes.stringNode(value.toString());
        };
    }

    /** The option that gave the field at {@code pointer}, or the nearest part around it; else the pointer itself. */
    String optionName(String pointer) {
        var known = pointer.startsWith("#") ? pointer.substring(1) : pointer;
        for (var part = known; !part.isEmpty(); part = part.substring(0, Math.max(0, part.lastIndexOf('/')))) {
            var option = options.get(part);
            if (option != null) {
                return part.equals(known) ? option : option + " (" + known.substring(part.length() + 1) + ")";
            }
        }
        return pointer;
    }
}
