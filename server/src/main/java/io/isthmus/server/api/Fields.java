package io.isthmus.server.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object of a request, read field by field. Every refusal names the place by JSON pointer; {@link #end} refuses what
 * nobody asked for. A field that is null counts as absent.
 */
final class Fields {
    static final int MAX_TEXT = 255;
    static final int MAX_ITEMS = 100;

    private final JsonNode node;
    private final String pointer;
    private final Set<String> asked = new HashSet<>();

    private Fields(JsonNode node, String pointer) {
        this.node = node;
        this.pointer = pointer;
    }

    static Fields of(JsonNode node, String pointer) {
        if (!node.isObject()) {
            throw wrongType(pointer, "an object", node);
        }
        return new Fields(node, pointer);
    }

    JsonNode node() {
        return node;
    }

    String pointer() {
        return pointer;
    }

    String pointer(String field) {
        return pointer + "/" + field.replace("~", "~0").replace("/", "~1");
    }

    boolean has(String field) {
        return find(field).isPresent();
    }

    Optional<JsonNode> find(String field) {
        asked.add(field);
        return Optional.ofNullable(node.get(field)).filter(value -> !value.isNull());
    }

    JsonNode require(String field) {
        return find(field).orElseThrow(() -> missing(field));
    }

    Problem missing(String field) {
        return new Problem.Invalid(ProblemCode.MISSING_FIELD, pointer(field), field + " is missing");
    }

    Problem invalid(String field, String detail) {
        return new Problem.Invalid(ProblemCode.INVALID_VALUE, pointer(field), detail);
    }

    Optional<String> findText(String field) {
        return findText(field, MAX_TEXT);
    }

    Optional<String> findText(String field, int most) {
        return find(field).map(value -> asText(value, pointer(field), most));
    }

    /** Text that is not blank. */
    String text(String field) {
        var text = asText(require(field), pointer(field), MAX_TEXT);
        if (text.isBlank()) {
            throw invalid(field, field + " must not be empty");
        }
        return text;
    }

    /** Text as a value that checks itself. */
    <T> T value(String field, Function<String, T> parse) {
        return parse(field, asText(require(field), pointer(field), MAX_TEXT), parse);
    }

    <T> Optional<T> findValue(String field, Function<String, T> parse) {
        return findText(field).map(text -> parse(field, text, parse));
    }

    private <T> T parse(String field, String text, Function<String, T> parse) {
        return parseAt(pointer(field), text, parse);
    }

    private static <T> T parseAt(String pointer, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException refused) {
            var detail = String.valueOf(refused.getMessage());
            var code = detail.contains("host bits") ? ProblemCode.HOST_BITS : ProblemCode.INVALID_VALUE;
            throw new Problem.Invalid(code, pointer, detail);
        }
    }

    <E extends Enum<E>> E choice(String field, Class<E> type) {
        return findChoice(field, type).orElseThrow(() -> missing(field));
    }

    <E extends Enum<E>> Optional<E> findChoice(String field, Class<E> type) {
        return findText(field)
                .map(text -> Arrays.stream(type.getEnumConstants())
                        .filter(each -> word(each).equals(text))
                        .findFirst()
                        .orElseThrow(() -> invalid(
                                field,
                                "%s must be one of %s: %s"
                                        .formatted(
                                                field,
                                                Arrays.stream(type.getEnumConstants())
                                                        .map(Fields::word)
                                                        .toList(),
                                                text))));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    int integer(String field) {
        return findInteger(field).orElseThrow(() -> missing(field));
    }

    Optional<Integer> findInteger(String field) {
        return findLong(field).map(value -> {
            if (value != value.intValue()) {
                throw invalid(field, field + " is out of range: " + value);
            }
            return value.intValue();
        });
    }

    Optional<Long> findLong(String field) {
        return find(field).map(value -> {
            if (!value.isIntegralNumber()) {
                throw wrongType(pointer(field), "an integer", value);
            }
            if (!value.canConvertToLong()) {
                throw invalid(field, field + " is out of range");
            }
            return value.longValue();
        });
    }

    double number(String field) {
        return findNumber(field).orElseThrow(() -> missing(field));
    }

    Optional<Double> findNumber(String field) {
        return find(field).map(value -> {
            if (!value.isNumber()) {
                throw wrongType(pointer(field), "a number", value);
            }
            if (!Double.isFinite(value.doubleValue())) {
                throw invalid(field, field + " is out of range");
            }
            return value.doubleValue();
        });
    }

    Optional<Boolean> findTruth(String field) {
        return find(field).map(value -> {
            if (!value.isBoolean()) {
                throw wrongType(pointer(field), "true or false", value);
            }
            return value.booleanValue();
        });
    }

    Fields object(String field) {
        return of(require(field), pointer(field));
    }

    Optional<Fields> findObject(String field) {
        return find(field).map(value -> of(value, pointer(field)));
    }

    /** The objects of a list; none if it is absent. */
    List<Fields> objects(String field) {
        return objects(field, MAX_ITEMS);
    }

    /** The same for a list that may be longer than most. */
    List<Fields> objects(String field, int most) {
        return items(field, most, Fields::of);
    }

    /** The texts of a list; none if it is absent. */
    List<String> texts(String field) {
        return items(field, (value, place) -> asText(value, place, MAX_TEXT));
    }

    /** The texts of a list, as values that check themselves. */
    <T> List<T> values(String field, Function<String, T> parse) {
        return items(field, (value, place) -> parseAt(place, asText(value, place, MAX_TEXT), parse));
    }

    private interface Item<T> {
        T read(JsonNode value, String pointer);
    }

    private <T> List<T> items(String field, Item<T> item) {
        return items(field, MAX_ITEMS, item);
    }

    private <T> List<T> items(String field, int most, Item<T> item) {
        var value = find(field);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!value.get().isArray()) {
            throw wrongType(pointer(field), "a list", value.get());
        }
        if (value.get().size() > most) {
            throw invalid(field, "%s has more than %d items".formatted(field, most));
        }
        var items = new ArrayList<T>();
        for (var each : value.get()) {
            items.add(item.read(each, pointer(field) + "/" + items.size()));
        }
        return items;
    }

    /** An object whose values are all text; none if it is absent. Numbers count as their text. */
    Map<String, String> textByName(String field, int most) {
        var inner = findObject(field);
        var texts = new LinkedHashMap<String, String>();
        if (inner.isEmpty()) {
            return texts;
        }
        if (inner.get().node.size() > MAX_ITEMS) {
            throw invalid(field, "%s has more than %d entries".formatted(field, MAX_ITEMS));
        }
        inner.get().node.properties().forEach(entry -> {
            var value = entry.getValue();
            var place = inner.get().pointer(entry.getKey());
            texts.put(entry.getKey(), value.isIntegralNumber() ? value.asString() : asText(value, place, most));
        });
        return texts;
    }

    /** Free words of the owner's. */
    List<String> tags() {
        var tags = texts("tags");
        if (tags.size() > 50 || tags.stream().anyMatch(tag -> tag.isBlank() || tag.length() > 60)) {
            throw invalid("tags", "tags are at most 50 words of 1 to 60 characters");
        }
        return tags.stream().distinct().toList();
    }

    /** Makes a record of what was read; what its constructor refuses is the caller's mistake. */
    <T> T make(Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (IllegalArgumentException refused) {
            var detail = String.valueOf(refused.getMessage());
            var first = detail.split(" ", 2)[0];
            throw new Problem.Invalid(ProblemCode.INVALID_VALUE, node.has(first) ? pointer(first) : pointer, detail);
        }
    }

    void end() {
        end(Set.of());
    }

    /** Refuses every field that was not asked for; {@code readOnly} ones with a code of their own. */
    void end(Set<String> readOnly) {
        var errors = new ArrayList<FieldError>();
        for (var name : node.propertyNames()) {
            if (!asked.contains(name)) {
                errors.add(
                        readOnly.contains(name)
                                ? new FieldError(
                                        pointer(name), ProblemCode.READ_ONLY_FIELD, "only Isthmus sets " + name)
                                : new FieldError(
                                        pointer(name), ProblemCode.UNKNOWN_FIELD, "there is no field " + shown(name)));
            }
            if (errors.size() == MAX_ITEMS) {
                break;
            }
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
    }

    private static String asText(JsonNode value, String pointer, int most) {
        if (!value.isString()) {
            throw wrongType(pointer, "text", value);
        }
        var text = value.stringValue();
        if (text.length() > most) {
            throw new Problem.Invalid(ProblemCode.INVALID_VALUE, pointer, "longer than %d characters".formatted(most));
        }
        if (text.chars().anyMatch(letter -> letter < ' ' || letter == 127)) {
            throw new Problem.Invalid(ProblemCode.INVALID_VALUE, pointer, "control characters are not allowed");
        }
        return text;
    }

    private static String shown(String name) {
        return name.length() <= MAX_TEXT ? name : name.substring(0, MAX_TEXT) + "…";
    }

    private static Problem wrongType(String pointer, String wanted, JsonNode value) {
        var found = value.getNodeType().name().toLowerCase(Locale.ROOT);
        return new Problem.Invalid(
                ProblemCode.WRONG_TYPE, pointer, "%s is wanted here, not %s".formatted(wanted, found));
    }
}
