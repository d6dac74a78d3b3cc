package io.isthmus.southbound.openstack;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads where version 3 of the Identity API is from the document that Keystone shows at its root. */
final class Discovery {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Http http;
    private final Deadline deadline;

    Discovery(Http http, Deadline deadline) {
        this.http = http;
        this.deadline = deadline;
    }

    /**
     * The URL of version 3; empty if the document tells of none, or of one at another server: a credential is not carried
     * further than the site's description says.
     */
    Optional<URI> version3(URI url) throws Http.NoReply, InterruptedException {
        var request =
                HttpRequest.newBuilder(url).header("Accept", "application/json").GET();
        var reply = http.sendAgain(request, deadline);
        if (reply.status() != 200 && reply.status() != 300) {
            return Optional.empty();
        }
        try {
            return link(JSON.readTree(reply.body()))
                    .map(text -> url.resolve(text.replaceAll("/+$", "")))
                    .filter(found -> Objects.equals(found.getScheme(), url.getScheme())
                            && Objects.equals(found.getRawAuthority(), url.getRawAuthority()));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@code {"versions": {"values": [{"id": "v3.14", "links": [{"rel": "self", "href": …}]}]}}}, or one {@code version}. */
    private static Optional<String> link(JsonNode document) {
        var versions = document.at("/versions/values").isArray()
                ? document.at("/versions/values")
                : document.path("versions").isArray()
                        ? document.path("versions")
                        : JSON.createArrayNode().add(document.path("version"));
        for (var version : versions) {
            if (version.path("id").asString("").startsWith("v3")) {
                for (var link : version.path("links")) {
                    if (link.path("rel").asString("").equals("self")) {
                        return Optional.of(link.path("href").asString("")).filter(text -> !text.isEmpty());
                    }
                }
            }
        }
        return Optional.empty();
    }
}
