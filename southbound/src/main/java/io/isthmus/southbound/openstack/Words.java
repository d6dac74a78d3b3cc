package io.isthmus.southbound.openstack;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server said of an error, fit to be shown: short, on one line, and without the secrets that were sent to it.
 *
 * @param type Neutron's name of the error, such as {@code VlanIdInUse}; empty if it gave none
 * @param text its message with the request's id
 */
record Words(String type, String text) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST = 400;

    /** Reads the shapes in use: Neutron's, Keystone's and its middleware's, and the web framework's; else the text itself. */
    static Words of(Http.Reply reply, List<String> secrets) {
        var error = error(reply.body());
        var type = error.path("type").asString("");
        var said = error.isObject() ? error.path("message").asString("") : reply.body();
        for (var secret : secrets) {
            if (secret.isEmpty()) {
                continue;
            }
            type = type.replace(secret, "***");
            said = said.replace(secret, "***");
        }
        said = said.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (said.length() > LONGEST) {
            said = said.substring(0, LONGEST) + "…";
        }
        var id = reply.requestId()
                .filter(text -> text.matches("[A-Za-z0-9-]{1,64}"))
                .map(text -> " (" + text + ")")
                .orElse("");
        return new Words(type, "answered " + reply.status() + (said.isEmpty() ? "" : ": " + said) + id);
    }

    private static JsonNode error(String body) {
        try {
            var root = JSON.readTree(body);
            for (var name : List.of("NeutronError", "error")) {
                var error = root.path(name);
                if (error.isObject()) {
                    return error;
                }
                if (error.isString()) {
                    return JSON.createObjectNode().put("message", error.asString());
                }
            }
            return root;
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }
}
