package io.isthmus.server.api;

import io.isthmus.store.Stores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a fuzzed server has: the ids that it gave, whose they are, and everything that is stored. */
final class FuzzState {
    static final List<String> SITES = List.of("a", "b", "d");
    private static final Pattern UUIDS =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final Map<String, List<String>> ids = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();

    /** Remembers what a reply tells of objects with owners. */
    void learn(JsonNode node, String collection) {
        if (node.has("project_id")
                && node.has("id")
                && node.required("project_id").isString()) {
            var id = node.required("id").asString();
            if (owners.put(id, node.required("project_id").asString()) == null) {
                ids.computeIfAbsent(collection, name -> new ArrayList<>()).add(id);
            }
        } else if (collection.equals("links") && node.has("a_site") && node.has("id")) {
            ids.computeIfAbsent(collection, name -> new ArrayList<>())
                    .add(node.required("id").asString());
        }
    }

    /** Endpoints that came with a connection and operations are told by no reply to their maker. */
    void own(String id, String project, String collection) {
        if (owners.put(id, project) == null) {
            ids.computeIfAbsent(collection, name -> new ArrayList<>()).add(id);
        }
    }

    /** One that is there, or was, or never will be. */
    String idOf(String collection, SplittableRandom random) {
        if (collection.equals("sites")) {
            return SITES.get(random.nextInt(SITES.size()));
        }
        if (collection.equals("quotas")) {
            return "p" + (1 + random.nextInt(3));
        }
        var known = ids.getOrDefault(collection, List.of());
        if (known.isEmpty() || random.nextInt(20) == 0) {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }
        // Mostly one of the newest, for old ones have been deleted.
        var back = random.nextInt(Math.min(known.size(), 12));
        return known.get(known.size() - 1 - back);
    }

    /** Ids in a text that are not of this project, and whose they are. */
    Map<String, String> foreign(String text, String project) {
        var found = new TreeMap<String, String>();
        var match = UUIDS.matcher(text);
        while (match.find()) {
            var owner = owners.get(match.group());
            if (owner != null && !owner.equals(project)) {
                found.put(match.group(), owner);
            }
        }
        return found;
    }

    /** All rows of all tables, as text. */
    static String everythingIn(Stores stores) {
        return stores.database()
                .read(sql -> sql
                        .createQuery("select name from sqlite_master where type = 'table' order by name")
                        .mapTo(String.class)
                        .list()
                        .stream()
                        .map(table -> table + ": "
                                + sql.createQuery("select * from " + table)
                                        .mapToMap()
                                        .list())
                        .collect(Collectors.joining("\n")));
    }
}
