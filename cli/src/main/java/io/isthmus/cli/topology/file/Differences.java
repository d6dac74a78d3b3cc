package io.isthmus.cli.topology.file;

import io.isthmus.cli.http.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What has to be done so that the controller has what a file says. Sites are the same by id, links by their ends and name. Of
 * what is there already only fields that the file names and that differ are changed.
 */
public record Differences(List<Change> changes, int same) {
    /** What only the controller sets. */
    private static final Set<String> READ_ONLY = Set.of(
            "status", "conditions", "reserved_mbps", "oper_status", "measured", "created_at", "updated_at", "revision");

    public Differences {
        changes = List.copyOf(changes);
    }

    /** What happens to one object. */
    public enum Verb {
        CREATE,
        CHANGE,
        DELETE
    }

    /**
     * One step of the way.
     *
     * @param collection {@code sites} or {@code links}
     * @param name as people know it
     * @param id of an object that is there; empty for one to create
     * @param body the object to create, or the merge patch
     */
    public record Change(Verb verb, String collection, String name, String id, ObjectNode body) {
        public List<String> fields() {
            return List.copyOf(body.propertyNames());
        }
    }

    /** @param prune whether what the file does not name is to be deleted */
    public static Differences between(Inventory wanted, Inventory there, boolean prune) {
        var changes = new ArrayList<Change>();
        var left = new HashMap<String, ObjectNode>();
        there.sites().forEach(site -> left.put("site " + Json.text(site, "id"), site));
        there.links().forEach(link -> left.put(linkKey(link), link));
        int same = 0;
        for (var site : wanted.sites()) {
            same += compare(changes, "sites", site, Json.text(site, "id"), left, "site " + Json.text(site, "id"));
        }
        for (var link : wanted.links()) {
            same += compare(changes, "links", link, linkName(link), left, linkKey(link));
        }
        if (prune) {
            // Links first: a site that has some cannot be deleted.
            prune(changes, "links", there.links(), left, Differences::linkKey);
            prune(changes, "sites", there.sites(), left, site -> "site " + Json.text(site, "id"));
        }
        return new Differences(changes, same);
    }

    private static String linkName(JsonNode link) {
        var name = Json.text(link, "name");
        return name.isEmpty() ? Json.text(link, "a_site") + "-" + Json.text(link, "z_site") : name;
    }

    /** In whichever direction it is written. */
    private static String linkKey(JsonNode link) {
        var a = Json.text(link, "a_site");
        var z = Json.text(link, "z_site");
        return "link " + linkName(link) + " " + (a.compareTo(z) <= 0 ? a + " " + z : z + " " + a);
    }

    private static int compare(
            List<Change> changes,
            String collection,
            ObjectNode wanted,
            String name,
            Map<String, ObjectNode> left,
            String key) {
        var body = wanted.deepCopy();
        READ_ONLY.forEach(body::remove);
        var there = Optional.ofNullable(left.remove(key));
        if (collection.equals("links")) {
            body.remove("id");
        }
        if (there.isEmpty()) {
            changes.add(new Change(Verb.CREATE, collection, name, "", body));
            return 0;
        }
        if (collection.equals("links")) {
            body.remove(List.of("a_site", "z_site"));
        }
        var patch = difference(there.get(), body);
        if (patch.isEmpty()) {
            return 1;
        }
        changes.add(new Change(Verb.CHANGE, collection, name, Json.text(there.get(), "id"), patch));
        return 0;
    }

    /** The merge patch that makes {@code there} have what {@code wanted} names. */
    private static ObjectNode difference(JsonNode there, JsonNode wanted) {
        var patch = Json.object();
        wanted.properties().forEach(entry -> {
            var before = there.path(entry.getKey());
            var value = entry.getValue();
            if (value.isObject() && before.isObject()) {
                var inner = difference(before, value);
                if (!inner.isEmpty()) {
                    patch.set(entry.getKey(), inner);
                }
            } else if (!isSame(before, value)) {
                patch.set(entry.getKey(), value);
            }
        });
        return patch;
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.isArray() && other.isArray() && one.size() == other.size()) {
            for (int place = 0; place < one.size(); place++) {
                if (!isAlike(one.path(place), other.path(place))) {
                    return false;
                }
            }
            return true;
        }
        boolean nothing = one.isMissingNode() || one.isNull();
        return nothing ? other.isNull() : one.equals(other);
    }

    /** Objects of a list, such as gateways, are alike where everything that is named is. */
    private static boolean isAlike(JsonNode one, JsonNode other) {
        if (one.isObject() && other.isObject()) {
            return difference(one, other).isEmpty();
        }
        boolean sameText =
                one.isValueNode() && other.isValueNode() && one.asString().equals(other.asString());
        return sameText || isSame(one, other);
    }

    private interface Key {
        String of(JsonNode object);
    }

    private static void prune(
            List<Change> changes, String collection, List<ObjectNode> there, Map<String, ObjectNode> left, Key key) {
        for (var object : there) {
            if (left.containsKey(key.of(object))) {
                var name = collection.equals("links") ? linkName(object) : Json.text(object, "id");
                changes.add(new Change(Verb.DELETE, collection, name, Json.text(object, "id"), Json.object()));
            }
        }
    }
}
