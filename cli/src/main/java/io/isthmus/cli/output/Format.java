package io.isthmus.cli.output;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** In which form a result is printed. */
public enum Format {
    TABLE,
    JSON,
    YAML,
    CSV,
    VALUE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Format> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(name))
                .findFirst();
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(Format::toString).toList();
    }
}
