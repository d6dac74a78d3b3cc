package io.isthmus.server.api;

import io.isthmus.store.Json;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Marker;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Lists of a collection: reads the query, asks for one more than wanted, and links to the next page. */
final class Lists {
    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 1_000;
    private static final Set<String> RESERVED = Set.of("limit", "marker", "sort_key", "sort_dir", "fields");
    /** So many rows are read at once where documents have to be made before it is known whether they are asked for. */
    private static final int ROWS_AT_A_TIME = 500;

    private Lists() {}

    /**
     * What is listed.
     *
     * @param name the collection's, in the path and in the reply
     * @param fields what a document may have
     * @param stored the fields that the store can search by
     * @param derived scalar fields that are searched in the documents, because no table has them
     * @param rows the rows of a query, limited to what the caller may see
     */
    record Source<T>(
            String name,
            Set<String> fields,
            Set<String> stored,
            Set<String> derived,
            Function<ListQuery, List<T>> rows,
            Function<List<T>, List<ObjectNode>> documents) {}

    /** The page of a collection that a request asks for. */
    static <T> Reply list(Request request, Source<T> source) {
        var filterable = new TreeSet<>(source.stored());
        filterable.addAll(source.derived());
        var filters = filters(request, filterable);
        var inStore = new HashMap<>(filters);
        inStore.keySet().removeAll(source.derived());
        var inDocuments = new HashMap<>(filters);
        inDocuments.keySet().retainAll(source.derived());
        var query = new ListQuery(
                limit(request) + 1,
                request.query("marker"),
                request.query("sort_key").orElse("id"),
                isDescending(request, "asc"),
                inStore);
        var wanted = wantedFields(request, source.fields());
        var found = inDocuments.isEmpty()
                ? source.documents().apply(source.rows().apply(query))
                : search(source, query, inDocuments);
        return page(request, source.name(), wanted, found, query.sortKey());
    }

    private static <T> List<ObjectNode> search(Source<T> source, ListQuery query, Map<String, String> filters) {
        var found = new ArrayList<ObjectNode>();
        var rest = query.atMost(ROWS_AT_A_TIME);
        while (true) {
            var documents = source.documents().apply(source.rows().apply(rest));
            for (var document : documents) {
                if (Scalars.matchAll(document, filters)) {
                    found.add(document);
                    if (found.size() == query.limit()) {
                        return found;
                    }
                }
            }
            if (documents.size() < ROWS_AT_A_TIME) {
                return found;
            }
            rest = rest.after(place(documents.getLast(), query.sortKey()));
        }
    }

    static int limit(Request request) {
        return request.queryInteger("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    }

    static boolean isDescending(Request request, String otherwise) {
        return switch (request.query("sort_dir").orElse(otherwise)) {
            case "asc" -> false;
            case "desc" -> true;
            default -> throw Request.wrongParameter("sort_dir", "sort_dir is asc or desc");
        };
    }

    static Map<String, String> filters(Request request, Set<String> known) {
        var filters = new HashMap<String, String>();
        request.queries().forEach((name, value) -> {
            if (RESERVED.contains(name)) {
                return;
            }
            if (!known.contains(name)) {
                throw Request.wrongParameter(
                        name, "there is no field " + name + " to filter by; there are " + sorted(known));
            }
            filters.put(name, value);
        });
        return filters;
    }

    /** @param found at most one more than the limit */
    private static Reply page(
            Request request, String collection, Optional<Set<String>> wanted, List<ObjectNode> found, String sortKey) {
        var limit = limit(request);
        var page = found.size() > limit ? found.subList(0, limit) : found;
        var body = Json.MAPPER.createObjectNode();
        var items = body.putArray(collection);
        var next = found.size() > limit
                ? Optional.of(place(page.getLast(), sortKey).text())
                : Optional.<String>empty();
        page.forEach(document -> items.add(wanted.map(document::retain).orElse(document)));
        addLinks(body, collection, request, next);
        return Reply.ok(body);
    }

    /** Adds where the next page is. */
    static void addLinks(ObjectNode body, String collection, Request request, Optional<String> marker) {
        // The collection of links has a field of that name already.
        var links = body.putArray(collection.equals("links") ? "links_links" : "links");
        marker.ifPresent(place -> links.addObject().put("rel", "next").put("href", next(request, place)));
    }

    /** Some sort keys are a cloud's: {@code cloud_kind}, {@code region_name}. */
    private static Marker place(ObjectNode document, String sortKey) {
        var id = document.required("id").asString();
        var value = document.has(sortKey)
                ? document.required(sortKey)
                : document.required("cloud").required(sortKey.replace("cloud_", ""));
        return new Marker(value.asString(), id);
    }

    static Optional<Set<String>> wantedFields(Request request, Set<String> known) {
        return request.queryList("fields").map(names -> {
            for (var name : names) {
                if (!known.contains(name)) {
                    throw Request.wrongParameter(
                            "fields", "there is no field " + name + "; there are " + sorted(known));
                }
            }
            return Set.copyOf(names);
        });
    }

    private static List<String> sorted(Set<String> names) {
        var sorted = new ArrayList<>(names);
        sorted.sort(null);
        return sorted;
    }

    private static String next(Request request, String marker) {
        var parameters = new TreeMap<>(request.queries());
        parameters.put("limit", Integer.toString(limit(request)));
        parameters.put("marker", marker);
        return parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&", request.path() + "?", ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
