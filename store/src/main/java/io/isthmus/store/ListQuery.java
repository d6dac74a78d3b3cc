package io.isthmus.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which part of a list is wanted.
 *
 * @param limit at most so many
 * @param marker the id after which to go on, or a {@link Marker}
 * @param sortKey a field's public name
 * @param equal values that fields must have, by the fields' public names
 */
public record ListQuery(
        int limit, Optional<String> marker, String sortKey, boolean descending, Map<String, String> equal) {
    public static final ListQuery ALL = new ListQuery(Integer.MAX_VALUE, Optional.empty(), "id", false, Map.of());

    public ListQuery {
        equal = Map.copyOf(equal);
        if (limit < 1) {
            throw new InvalidQuery("limit", "limit must be positive: " + limit);
        }
    }

    public ListQuery after(Marker place) {
        return new ListQuery(limit, Optional.of(place.text()), sortKey, descending, equal);
    }

    public ListQuery atMost(int most) {
        return new ListQuery(most, marker, sortKey, descending, equal);
    }

    public ListQuery with(String field, String value) {
        var more = new HashMap<>(equal);
        more.put(field, value);
        return new ListQuery(limit, marker, sortKey, descending, more);
    }

    /** The query names a field, a value or a marker that is not there. */
    public static final class InvalidQuery extends IllegalArgumentException {
        private final String parameter;

        public InvalidQuery(String parameter, String detail) {
            super(detail);
            this.parameter = parameter;
        }

        public String parameter() {
            return parameter;
        }
    }
}
