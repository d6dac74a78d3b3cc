package io.isthmus.server.api;

import io.isthmus.store.Json;
import io.isthmus.store.ListQuery;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Lists of a collection: reads the query, asks for one more than wanted, and links to the next page. */
final class Lists {
    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 1_000;
    private static final Set<String> RESERVED = Set.of("limit", "marker", "sort_key", "sort_dir", "fields");

    private Lists() {}

    /** The query of a list, one longer than the caller asked for. */
    static ListQuery query(Request request, Set<String> filters) {
        return new ListQuery(
                limit(request) + 1,
                request.query("marker"),
                request.query("sort_key").orElse("id"),
                isDescending(request, "asc"),
                filters(request, filters));
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

    /**
     * The page of a collection.
     *
     * @param found at most one more than the limit
     * @param fields what a document may have
     */
    static <T> Reply page(
            Request request,
            String collection,
            Set<String> fields,
            List<T> found,
            Function<List<T>, List<ObjectNode>> documents) {
        var limit = limit(request);
        var wanted = wantedFields(request, fields);
        var page = documents.apply(found.size() > limit ? found.subList(0, limit) : found);
        var body = Json.MAPPER.createObjectNode();
        var items = body.putArray(collection);
        var lastId = page.isEmpty() ? "" : page.getLast().get("id").asString();
        page.forEach(document -> items.add(wanted.map(document::retain).orElse(document)));
        // The collection of links has a field of that name already.
        var links = body.putArray(collection.equals("links") ? "links_links" : "links");
        if (found.size() > limit) {
            links.addObject().put("rel", "next").put("href", next(request, lastId));
        }
        return Reply.ok(body);
    }

    private static Optional<Set<String>> wantedFields(Request request, Set<String> known) {
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

    private static String next(Request request, String lastId) {
        var parameters = new TreeMap<>(request.queries());
        parameters.put("limit", Integer.toString(limit(request)));
        parameters.put("marker", lastId);
        return parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&", request.path() + "?", ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
