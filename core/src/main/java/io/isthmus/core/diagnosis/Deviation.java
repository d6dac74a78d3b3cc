package io.isthmus.core.diagnosis;

import java.util.List;
import java.util.Optional;

/** One object that is not as the connection wants it. */
public record Deviation(Kind kind, String object, String identity, List<Field> fields) {
    public Deviation {
        fields = List.copyOf(fields);
    }

    /** How it differs. */
    public enum Kind {
        MISSING,
        DIFFERENT,
        SURPLUS
    }

    /** What was read and what is wanted; empty text stands for nothing. */
    public record Field(String name, String observed, String wanted) {
        String text() {
            return name + " is " + (observed.isEmpty() ? "not set" : observed) + ", wanted is "
                    + (wanted.isEmpty() ? "nothing" : wanted);
        }
    }

    Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    boolean is(String wanted) {
        return object.equals(wanted);
    }

    List<String> evidence() {
        return switch (kind) {
            case MISSING -> List.of(object + " " + identity + " is not there");
            case SURPLUS -> List.of(object + " " + identity + " is in the way");
            case DIFFERENT ->
                fields.stream()
                        .map(field -> object + " " + identity + ": " + field.text())
                        .toList();
        };
    }
}
