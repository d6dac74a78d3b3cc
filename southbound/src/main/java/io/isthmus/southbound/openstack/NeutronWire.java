package io.isthmus.southbound.openstack;

import io.isthmus.core.site.Cloud;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Neutron's manner of speaking, for one call of the driver: items in JSON, lists in pages, a token in each request, which is
 * renewed once if Neutron refuses it.
 */
final class NeutronWire {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Http http;
    private final Keystone keystone;
    private final OpenStackOptions options;
    private final Cloud cloud;
    private final Deadline deadline;
    private @Nullable Session session;

    NeutronWire(Http http, Keystone keystone, OpenStackOptions options, Cloud cloud, Deadline deadline) {
        this.http = http;
        this.keystone = keystone;
        this.options = options;
        this.cloud = cloud;
        this.deadline = deadline;
    }

    String projectId() throws NotDone, InterruptedException {
        return session().projectId();
    }

    ObjectNode object() {
        return JSON.createObjectNode();
    }

    /**
     * Reads a whole list, page by page.
     *
     * @param query names and values in turn
     * @param pageSize what to ask for at once; empty leaves it to Neutron
     */
    <T> List<T> list(String items, Class<T> type, List<String> query, Optional<Integer> pageSize)
            throws NotDone, InterruptedException {
        var found = new ArrayList<T>();
        var marker = Optional.<String>empty();
        for (int page = 0; page < options.maxPages(); page++) {
            var asked = new ArrayList<>(query);
            pageSize.ifPresent(size -> asked.addAll(List.of("limit", size.toString())));
            marker.ifPresent(id -> asked.addAll(List.of("marker", id)));
            var reply = read("/" + items.replace('_', '-') + queryText(asked));
            var answer = parse(reply, false);
            if (!answer.path(items).isArray()) {
                throw NeutronComplaints.unreadable(host(), reply, false);
            }
            for (var item : answer.path(items)) {
                found.add(value(item, type, reply, false));
            }
            var next = nextMarker(answer, items);
            if (next.isEmpty() || next.equals(marker)) {
                return found;
            }
            marker = next;
        }
        throw NotDone.refused(
                "neutron_too_large",
                "Neutron at " + host() + " has more than " + options.maxPages() + " pages of " + items,
                "Raise the page size or the page limit of the OpenStack driver.");
    }

    /** Reads one item; empty if there is none with this id. */
    <T> Optional<T> find(String items, String id, String item, Class<T> type) throws NotDone, InterruptedException {
        var reply = exchange("GET", "/" + items + "/" + encoded(id), Optional.empty());
        if (reply.status() == 404) {
            return Optional.empty();
        }
        demandSuccess(reply, false);
        return Optional.of(value(parse(reply, false).path(item), type, reply, false));
    }

    <T> T create(String items, String item, ObjectNode fields, Class<T> type) throws NotDone, InterruptedException {
        var reply = write("POST", "/" + items, item, fields);
        return value(parse(reply, true).path(item), type, reply, true);
    }

    void update(String items, String id, String item, ObjectNode fields) throws NotDone, InterruptedException {
        write("PUT", "/" + items + "/" + encoded(id), item, fields);
    }

    /**
     * Changes an item if it is still at {@code revision}; otherwise fails with {@code changed_meanwhile}, and nothing happened.
     */
    void updateAt(String items, String id, String item, ObjectNode fields, long revision)
            throws NotDone, InterruptedException {
        write("PUT", "/" + items + "/" + encoded(id), item, fields, Optional.of("revision_number=" + revision));
    }

    /** Has something done to an item. */
    void act(String items, String id, String action, ObjectNode body) throws NotDone, InterruptedException {
        var reply = exchange(
                "PUT",
                "/" + items + "/" + encoded(id) + "/" + action,
                Optional.of(JSON.writeValueAsString(body)),
                Optional.empty());
        demandSuccess(reply, true);
    }

    /** Deletes an item; done as well if there is none with this id. */
    void delete(String items, String id) throws NotDone, InterruptedException {
        var reply = exchange("DELETE", "/" + items + "/" + encoded(id), Optional.empty());
        if (reply.status() != 404) {
            demandSuccess(reply, true);
        }
    }

    private Http.Reply read(String path) throws NotDone, InterruptedException {
        var reply = exchange("GET", path, Optional.empty());
        demandSuccess(reply, false);
        return reply;
    }

    private Http.Reply write(String method, String path, String item, ObjectNode fields)
            throws NotDone, InterruptedException {
        return write(method, path, item, fields, Optional.empty());
    }

    private Http.Reply write(String method, String path, String item, ObjectNode fields, Optional<String> ifMatch)
            throws NotDone, InterruptedException {
        var body = JSON.createObjectNode();
        body.set(item, fields);
        var reply = exchange(method, path, Optional.of(JSON.writeValueAsString(body)), ifMatch);
        demandSuccess(reply, true);
        return reply;
    }

    private void demandSuccess(Http.Reply reply, boolean isWrite) throws NotDone, InterruptedException {
        if (!reply.isSuccess()) {
            var words = Words.of(reply, List.of(session().token()));
            throw NeutronComplaints.of(host(), reply.status(), words, isWrite, cloud.credentialId());
        }
    }

    private Http.Reply exchange(String method, String path, Optional<String> body)
            throws NotDone, InterruptedException {
        return exchange(method, path, body, Optional.empty());
    }

    private Http.Reply exchange(String method, String path, Optional<String> body, Optional<String> ifMatch)
            throws NotDone, InterruptedException {
        var reply = exchangeOnce(method, path, body, ifMatch);
        if (reply.status() != 401) {
            return reply;
        }
        // Refused before anything was done, so that even a write may be sent again.
        keystone.drop(cloud, session());
        session = null;
        return exchangeOnce(method, path, body, ifMatch);
    }

    private Http.Reply exchangeOnce(String method, String path, Optional<String> body, Optional<String> ifMatch)
            throws NotDone, InterruptedException {
        var isWrite = !method.equals("GET");
        var request = HttpRequest.newBuilder(URI.create(session().catalogue().neutron(cloud) + path))
                .header("X-Auth-Token", session().token())
                .header("Accept", "application/json")
                .method(
                        method,
                        body.map(HttpRequest.BodyPublishers::ofString).orElseGet(HttpRequest.BodyPublishers::noBody));
        if (body.isPresent()) {
            request.header("Content-Type", "application/json");
        }
        ifMatch.ifPresent(revision -> request.header("If-Match", revision));
        try {
            return isWrite ? http.send(request, deadline) : http.sendAgain(request, deadline);
        } catch (Http.NoReply e) {
            throw NeutronComplaints.noReply(host(), e, isWrite);
        }
    }

    private Session session() throws NotDone, InterruptedException {
        var current = session;
        if (current == null) {
            current = keystone.addressed(
                            cloud, keystone.session(cloud, deadline), catalogue -> catalogue.neutron(cloud), deadline)
                    .session();
            session = current;
        }
        return current;
    }

    /** Where Neutron is, for people. */
    String host() throws NotDone, InterruptedException {
        return Http.host(session().catalogue().neutron(cloud));
    }

    private JsonNode parse(Http.Reply reply, boolean isWrite) throws NotDone, InterruptedException {
        try {
            return JSON.readTree(reply.body());
        } catch (JacksonException e) {
            throw NeutronComplaints.unreadable(host(), reply, isWrite);
        }
    }

    private <T> T value(JsonNode node, Class<T> type, Http.Reply reply, boolean isWrite)
            throws NotDone, InterruptedException {
        try {
            if (node.isObject()) {
                return JSON.treeToValue(node, type);
            }
        } catch (JacksonException e) {
            throw NeutronComplaints.unreadable(host(), reply, isWrite);
        }
        throw NeutronComplaints.unreadable(host(), reply, isWrite);
    }

    /** The id of the last item, where Neutron says that there is a next page; its links themselves may name a proxy. */
    private static Optional<String> nextMarker(JsonNode answer, String items) {
        var array = answer.path(items);
        for (var link : answer.path(items + "_links")) {
            if (link.path("rel").asString("").equals("next") && !array.isEmpty()) {
                return Optional.of(array.get(array.size() - 1).path("id").asString(""))
                        .filter(id -> !id.isEmpty());
            }
        }
        return Optional.empty();
    }

    private static String queryText(List<String> query) {
        var text = new StringBuilder();
        for (int i = 0; i + 1 < query.size(); i += 2) {
            text.append(i == 0 ? '?' : '&')
                    .append(encoded(query.get(i)))
                    .append('=')
                    .append(encoded(query.get(i + 1)));
        }
        return text.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
