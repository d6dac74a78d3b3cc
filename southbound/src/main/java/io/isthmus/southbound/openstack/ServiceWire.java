package io.isthmus.southbound.openstack;

import io.isthmus.core.site.Cloud;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads from one service of a cloud. A token that it refuses is renewed once. */
final class ServiceWire {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** No list that Isthmus reads is as long as this many pages. */
    private static final int MOST_PAGES = 50;

    private final Http http;
    private final Keystone keystone;
    private final Cloud cloud;
    private final Deadline deadline;
    private final Service service;

    ServiceWire(Http http, Keystone keystone, Cloud cloud, Deadline deadline, Service service) {
        this.http = http;
        this.keystone = keystone;
        this.cloud = cloud;
        this.deadline = deadline;
        this.service = service;
    }

    /** What is at a path; its answer is an object. */
    JsonNode read(String pathAndQuery) throws NotDone, InterruptedException {
        return find(pathAndQuery).orElseThrow(() -> error("has nothing at " + pathAndQuery));
    }

    /** Every entry of a list, page by page: a cloud may give fewer in a page than it is asked for. */
    List<JsonNode> list(String entries, String pathAndQuery) throws NotDone, InterruptedException {
        var found = new ArrayList<JsonNode>();
        var marker = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            var read = read(pathAndQuery + marker);
            read.path(entries).forEach(found::add);
            if (found.isEmpty() || read.path(entries + "_links").isEmpty()) {
                return found;
            }
            var last = found.getLast().path("id").asString("");
            marker = "&marker=" + URLEncoder.encode(last, StandardCharsets.UTF_8);
        }
        throw error("has more " + entries + " than are looked through");
    }

    /** What is at a path, if anything is. */
    Optional<JsonNode> find(String pathAndQuery) throws NotDone, InterruptedException {
        var at = address();
        var reply = ask(at, pathAndQuery);
        if (reply.status() == 401) {
            keystone.drop(cloud, at.session());
            at = address();
            reply = ask(at, pathAndQuery);
        }
        if (reply.status() == 404) {
            return Optional.empty();
        }
        if (!reply.isSuccess()) {
            throw complaint(reply.status(), Words.of(reply, List.of(at.session().token())));
        }
        return Optional.of(object(reply));
    }

    private Keystone.Addressed address() throws NotDone, InterruptedException {
        var session = keystone.session(cloud, deadline);
        return keystone.addressed(cloud, session, catalogue -> catalogue.address(service, cloud), deadline);
    }

    private Http.Reply ask(Keystone.Addressed at, String pathAndQuery) throws NotDone, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(at.url() + pathAndQuery))
                .header("X-Auth-Token", at.session().token())
                .header("Accept", "application/json")
                .GET();
        if (!service.microversion().isEmpty()) {
            request.header("OpenStack-API-Version", service.microversion());
        }
        try {
            return http.sendAgain(request, deadline);
        } catch (Http.NoReply noReply) {
            throw NotDone.unreachable(
                    service.type() + "_unreachable",
                    service.title() + " at " + Http.host(at.url()) + " " + noReply.words(),
                    "Check from this node that " + service.title() + " answers.");
        }
    }

    private NotDone complaint(int status, Words words) {
        var detail = service.title() + " " + words.text();
        return switch (status) {
            case 401, 403 ->
                NotDone.refused(
                        service.type() + "_forbidden",
                        detail,
                        "Give the user of the credential " + cloud.credentialId() + " " + service.right() + ".");
            case 406 ->
                NotDone.refused(
                        service.type() + "_too_old",
                        detail,
                        "Isthmus asks for " + service.microversion() + " or later.");
            default ->
                NotDone.unreachable(
                        service.type() + "_error", detail, "Look into the log of that " + service.title() + ".");
        };
    }

    private JsonNode object(Http.Reply reply) throws NotDone {
        try {
            var read = JSON.readTree(reply.body());
            if (read.isObject()) {
                return read;
            }
        } catch (JacksonException _) {
            // Said below.
        }
        throw error("answered with something that is not its JSON");
    }

    /** What it answered is not what its API says. */
    NotDone error(String what) {
        return NotDone.unreachable(
                service.type() + "_error",
                service.title() + " " + what,
                "Check that the catalogue's URL is the one of " + service.title() + ".");
    }
}
