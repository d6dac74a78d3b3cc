package io.isthmus.cli.connection;

import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Text;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What went wrong with a connection.
 *
 * @param where {@code at site d}; empty where it concerns no single site
 */
record Trouble(String where, String step, String code, String detail, String hint) {

    /** The last error of either side, else the connection's own. */
    static Optional<Trouble> of(JsonNode connection) {
        for (var role : new String[] {"local", "remote"}) {
            var side = connection.path("sides").path(role);
            if (side.path("last_error").isObject()) {
                return Optional.of(of(side.path("last_error"), " at site " + Text.clean(Json.text(side, "site"))));
            }
        }
        var own = connection.path("last_error");
        if (!own.isObject()) {
            return Optional.empty();
        }
        var site = Text.clean(Json.text(own, "site"));
        return Optional.of(of(own, site.isEmpty() ? "" : " at site " + site));
    }

    private static Trouble of(JsonNode error, String where) {
        return new Trouble(
                where,
                Text.clean(Json.text(error, "step")),
                Text.clean(Json.text(error, "code")),
                Text.clean(Json.text(error, "detail")),
                Text.clean(Json.text(error, "hint")));
    }

    /** {@code create subnet failed at site d (over_quota)}. */
    String summary() {
        return step + " failed" + where + (code.isEmpty() ? "" : " (" + code + ")");
    }
}
