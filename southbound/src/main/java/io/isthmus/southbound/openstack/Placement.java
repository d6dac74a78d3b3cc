package io.isthmus.southbound.openstack;

import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a cloud's Placement says is free. One request: a question for candidates for the smallest server there is, whose answer
 * sums up every host that could take one. Hosts that are full are not in it, and add nothing.
 */
final class Placement {
    /** Since OpenStack Rocky (2018): summaries have all kinds of resources. */
    private static final String VERSION = "placement 1.27";

    private static final String QUESTION = "/allocation_candidates?resources=VCPU%3A1%2CMEMORY_MB%3A1&limit=5000";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Http http;
    private final Keystone keystone;
    private final Cloud cloud;
    private final Deadline deadline;

    Placement(Http http, Keystone keystone, Cloud cloud, Deadline deadline) {
        this.http = http;
        this.keystone = keystone;
        this.cloud = cloud;
        this.deadline = deadline;
    }

    Capacity free() throws NotDone, InterruptedException {
        if (cloud.kind() == CloudKind.CELL) {
            throw NotDone.refused(
                    "placement_without_cells",
                    "Placement does not tell which host is in which cell",
                    "Declare the site's capacity.");
        }
        var session = keystone.session(cloud, deadline);
        var url = session.catalogue().placement(cloud);
        var reply = ask(session, url);
        if (reply.status() == 401) {
            keystone.drop(cloud, session);
            session = keystone.session(cloud, deadline);
            reply = ask(session, url);
        }
        if (!reply.isSuccess()) {
            throw complaint(url, reply, Words.of(reply, List.of(session.token())));
        }
        return sum(url, reply);
    }

    private Http.Reply ask(Session session, URI url) throws NotDone, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + QUESTION))
                .header("X-Auth-Token", session.token())
                .header("Accept", "application/json")
                .header("OpenStack-API-Version", VERSION)
                .GET();
        try {
            return http.sendAgain(request, deadline);
        } catch (Http.NoReply noReply) {
            throw NotDone.unreachable(
                    "placement_unreachable",
                    "Placement at " + Http.host(url) + " " + noReply.words(),
                    "Check from this node that Placement answers.");
        }
    }

    private NotDone complaint(URI url, Http.Reply reply, Words words) {
        var detail = "Placement at " + Http.host(url) + " " + words.text();
        return switch (reply.status()) {
            case 401, 403 ->
                NotDone.refused(
                        "placement_forbidden",
                        detail,
                        "Give the user of the credential " + cloud.credentialId()
                                + " the right to list allocation candidates (by default: the admin or service role).");
            case 406 -> NotDone.refused("placement_too_old", detail, "Isthmus asks for " + VERSION + " or later.");
            default -> NotDone.unreachable("placement_error", detail, "Look into that Placement's log.");
        };
    }

    private static Capacity sum(URI url, Http.Reply reply) throws NotDone {
        try {
            var summaries = JSON.readTree(reply.body()).path("provider_summaries");
            if (summaries.isObject()) {
                return new Capacity(free(summaries, "VCPU"), free(summaries, "MEMORY_MB"), free(summaries, "DISK_GB"));
            }
        } catch (JacksonException _) {
            // Said below.
        }
        throw NotDone.unreachable(
                "placement_error",
                "Placement at " + Http.host(url) + " answered with something that is not its JSON",
                "Check that the catalogue's URL is Placement's.");
    }

    /** The capacity has the allocation ratio and what is reserved taken into account already. */
    private static int free(JsonNode summaries, String resource) {
        long free = 0;
        for (var provider : summaries) {
            var has = provider.path("resources").path(resource);
            free += Math.max(
                    0, has.path("capacity").asLong(0) - has.path("used").asLong(0));
        }
        return (int) Math.min(Integer.MAX_VALUE, free);
    }
}
