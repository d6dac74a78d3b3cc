package io.isthmus.cli.command;

import io.isthmus.cli.http.Api;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.http.Reply;
import io.isthmus.cli.output.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Finds objects of one kind by id or by name. */
public final class Resource {
    private static final int CANDIDATES = 20;

    private final Kind kind;
    private final Api api;

    public Resource(Kind kind, Api api) {
        this.kind = kind;
        this.api = api;
    }

    public String path(String id) {
        return "/v1/" + kind.collection() + "/" + Api.encode(id);
    }

    /**
     * The object with the id {@code idOrName}, else the only one with that name.
     *
     * @throws Failure if there is none, or several
     */
    public Reply get(String idOrName) {
        return find(idOrName)
                .orElseThrow(() -> new Failure(
                        ExitCode.NOT_FOUND,
                        "There is no " + kind.noun() + " " + idOrName + ".",
                        "hint: isthmus " + kind.noun() + " list shows what there is"));
    }

    public Optional<Reply> find(String idOrName) {
        if (idOrName.isBlank()) {
            throw Failure.usage("The id or name of a " + kind.noun() + " must not be empty.");
        }
        if (kind.noun().equals("site") && SiteSelector.isSelector(idOrName)) {
            return only(api.list(kind.collection(), SiteSelector.filters(idOrName), CANDIDATES), "match " + idOrName);
        }
        var byId = api.find(path(idOrName), Map.of());
        return byId.isPresent() || !kind.fields().contains("name") ? byId : byName(idOrName);
    }

    private Optional<Reply> byName(String name) {
        // Checked here too, so that a controller which ignores the filter cannot make us take another object.
        var found = api.list(kind.collection(), Map.of("name", name), CANDIDATES).stream()
                .filter(object -> Json.text(object, "name").equals(name))
                .toList();
        return only(found, "have the name " + name);
    }

    private Optional<Reply> only(List<JsonNode> found, String what) {
        if (found.size() > 1) {
            throw new Failure(
                    ExitCode.REFUSED_BY_STATE,
                    "Several " + kind.collection() + " " + what + ".",
                    "candidates: " + found.stream().map(Resource::id).collect(Collectors.joining(", ")),
                    "hint: use the id");
        }
        return found.stream().findFirst().flatMap(object -> api.find(path(id(object)), Map.of()));
    }

    /** The id that belongs to an id or a name. */
    public String id(String idOrName) {
        return id(get(idOrName).body());
    }

    public static String id(JsonNode object) {
        return Json.text(object, "id");
    }

    /** For {@code If-Match}: as the controller gave it, else made from the revision. */
    public static String etag(Reply reply) {
        return reply.etag().isEmpty() ? '"' + Json.text(reply.body(), "revision") + '"' : reply.etag();
    }
}
