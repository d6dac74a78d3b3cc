package io.isthmus.store;

import io.isthmus.store.ListQuery.InvalidQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * The columns by which a table may be searched and sorted. Pages follow the sort key and then the id, so that rows which
 * come or go between two pages neither repeat nor hide others.
 */
public final class Listing {
    /** How a filter's text is read. */
    public enum Type {
        TEXT,
        INTEGER,
        REAL,
        BOOLEAN
    }

    private static final String OWNER = "project_id";

    /** @param condition what rows must meet that are searched by it; its value is bound under the column's name */
    private record Column(String name, Type type, boolean optional, String condition) {}

    private final String table;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final List<String> always = new ArrayList<>();

    private Listing(String table) {
        this.table = table;
    }

    public static Listing of(String table) {
        return new Listing(table)
                .with("id", Type.TEXT)
                .with("created_at", "created_micros", Type.INTEGER)
                .with("updated_at", "updated_micros", Type.INTEGER)
                .with("revision", Type.INTEGER);
    }

    public Listing with(String field, Type type) {
        return with(field, field, type);
    }

    public Listing with(String field, String column, Type type) {
        columns.put(field, new Column(column, type, false, column + " = :" + column));
        return this;
    }

    /** A field that is no column: to be searched by a condition on {@code :field}, not sorted by. */
    public Listing withCondition(String field, String condition) {
        columns.put(field, new Column(field, Type.TEXT, true, condition));
        return this;
    }

    /** A field that rows may lack: to be searched, not sorted by. */
    public Listing withOptional(String field, Type type) {
        columns.put(field, new Column(field, type, true, field + " = :" + field));
        return this;
    }

    /** Rows that do not meet this are not there. */
    public Listing only(String condition) {
        always.add(condition);
        return this;
    }

    public Set<String> fields() {
        return columns.keySet();
    }

    public <T> List<T> select(Handle sql, ListQuery query, RowMapper<T> mapper) {
        var where = new ArrayList<>(always);
        var values = new TreeMap<String, Object>();
        query.equal().forEach((field, text) -> {
            var column = column(field, field);
            where.add(column.condition());
            values.put(column.name(), value(column, field, text));
        });
        var sort = column("sort_key", query.sortKey());
        if (sort.optional()) {
            throw new InvalidQuery("sort_key", "lists cannot be sorted by " + query.sortKey());
        }
        query.marker().ifPresent(text -> {
            var marker = Marker.parse(text);
            var beyond = query.descending() ? "<" : ">";
            where.add("(%1$s %2$s :after or (%1$s = :after and id %2$s :marker))".formatted(sort.name(), beyond));
            values.put(
                    "after",
                    marker.isPresent()
                            ? value(sort, "marker", marker.get().sortValue())
                            : sortValue(sql, sort, text, query));
            values.put("marker", marker.map(Marker::id).orElse(text));
        });
        var direction = query.descending() ? " desc" : " asc";
        var text = "select * from " + table
                + (where.isEmpty() ? "" : " where " + String.join(" and ", where))
                + " order by " + sort.name() + direction + ", id" + direction + " limit :limit";
        Query select = sql.createQuery(text).bind("limit", query.limit());
        values.forEach(select::bind);
        return select.map(mapper).list();
    }

    /** The sort value of the row with this id. Rows of another owner than asked for are not there. */
    private Object sortValue(Handle sql, Column sort, String id, ListQuery query) {
        var owner = columns.containsKey(OWNER) ? query.equal().get(OWNER) : null;
        var select = sql.createQuery("select " + sort.name() + " from " + table + " where id = :id"
                        + (owner == null ? "" : " and " + column(OWNER, OWNER).name() + " = :owner"))
                .bind("id", id);
        if (owner != null) {
            select.bind("owner", owner);
        }
        return select.mapTo(
                        sort.type() == Type.TEXT ? String.class : sort.type() == Type.REAL ? Double.class : Long.class)
                .findOne()
                .orElseThrow(() -> new InvalidQuery("marker", "nothing here has the id " + id));
    }

    private Column column(String parameter, String field) {
        var column = columns.get(field);
        if (column == null) {
            throw new InvalidQuery(
                    parameter, "there is no field " + field + " to list by; there are " + columns.keySet());
        }
        return column;
    }

    private static Object value(Column column, String field, String text) {
        try {
            return switch (column.type()) {
                case TEXT -> text;
                case INTEGER ->
                    column.name().endsWith("_micros") ? Micros.of(Instant.parse(text)) : Long.parseLong(text);
                case REAL -> Double.parseDouble(text);
                case BOOLEAN -> truth(text);
            };
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException wrong) {
            throw new InvalidQuery(field, "not a value of " + field + ": " + text);
        }
    }

    private static int truth(String text) {
        return switch (text) {
            case "true" -> 1;
            case "false" -> 0;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
