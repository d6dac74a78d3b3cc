package io.isthmus.southbound.openstack;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives fields that a server left out, or set to null, the value that stands for nothing. */
final class Absent {
    private Absent() {}

    static String asEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    static <T> List<T> asEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
