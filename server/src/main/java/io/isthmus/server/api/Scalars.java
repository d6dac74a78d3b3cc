package io.isthmus.server.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares scalar fields of documents with the texts of query parameters. */
final class Scalars {
    private Scalars() {}

    static boolean matchAll(ObjectNode document, Map<String, String> filters) {
        return filters.entrySet().stream()
                .allMatch(filter -> matches(document.path(filter.getKey()), filter.getValue()));
    }

    /** Numbers and times are compared as such, whatever way they are written; what has no value matches nothing. */
    private static boolean matches(JsonNode value, String text) {
        if (value.isNumber()) {
            return isNumber(text) && Double.compare(value.doubleValue(), Double.parseDouble(text)) == 0;
        }
        if (value.isNull() || value.isContainer() || value.isMissingNode()) {
            return false;
        }
        return value.asString().equals(text) || isSameTime(value.asString(), text);
    }

    private static boolean isNumber(String text) {
        return text.matches("-?\\d{1,18}(\\.\\d{1,18})?");
    }

    private static boolean isSameTime(String value, String text) {
        if (!text.endsWith("Z") || !value.endsWith("Z")) {
            return false;
        }
        try {
            return Instant.parse(value).equals(Instant.parse(text));
        } catch (DateTimeException noTime) {
            return false;
        }
    }
}
