package io.isthmus.cli.command;

import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Kind;
import io.isthmus.cli.output.Output;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The verbs that every kind of object has: list, show, delete, and the frame of set. */
public final class Verbs {
    private static final int USUAL_LIMIT = 1_000;

    private final Kind kind;
    private final Session session;

    public Verbs(Kind kind, Session session) {
        this.kind = kind;
        this.session = session;
    }

    private Resource resource() {
        return new Resource(kind, session.api());
    }

    public CommandSpec list() {
        return list("isthmus " + kind.noun(), USUAL_LIMIT);
    }

    /**
     * As {@link #list()}, for what is not called as its command is.
     *
     * @param command as it is typed
     * @param usualLimit how many are listed where nobody says
     */
    public CommandSpec list(String command, int usualLimit) {
        var syntax = new Syntax("list", session, "List " + kind.collection() + ".");
        var filters = syntax.repeated(
                "--filter",
                "FIELD=VALUE",
                "Only those whose field has this value, such as status=active; may be repeated.");
        var sort = syntax.text("--sort", "FIELD[:desc]", "Sort by this field.");
        var limit = syntax.number("--limit", "N", "At most so many (default: " + usualLimit + ").");
        var output = syntax.output();
        var column = kind.fields().contains("name") ? "name" : "at";
        syntax.examples(command + " list", command + " list -f value -c id -c " + column);
        return syntax.does(() -> {
            var query = new TreeMap<String, String>();
            filters.value().orElseGet(List::of).forEach(filter -> addFilter(query, filter));
            sort.value().ifPresent(field -> {
                query.put("sort_key", field.replaceAll(":(asc|desc)$", ""));
                query.put("sort_dir", field.endsWith(":desc") ? "desc" : "asc");
            });
            limit.value().ifPresent(number -> query.put("limit", Integer.toString(number)));
            output.get()
                    .list(
                            kind,
                            session.api()
                                    .list(
                                            kind.collection(),
                                            query,
                                            limit.value().orElse(usualLimit)));
            return ExitCode.DONE;
        });
    }

    private static void addFilter(Map<String, String> query, String filter) {
        int equals = filter.indexOf('=');
        if (equals < 1) {
            throw Failure.usage("A filter is written FIELD=VALUE: " + filter);
        }
        query.put(filter.substring(0, equals), filter.substring(equals + 1));
    }

    public CommandSpec show() {
        var syntax = new Syntax("show", session, "Show everything that is known of one " + kind.noun() + ".");
        var name = syntax.argument(kind.noun().toUpperCase(Locale.ROOT), "Its id or name.");
        var output = syntax.output();
        return syntax.does(() -> {
            output.get().show(kind, resource().get(name.required()).body());
            return ExitCode.DONE;
        });
    }

    public CommandSpec delete() {
        var syntax = new Syntax("delete", session, "Delete one or more " + kind.collection() + ".");
        var names = syntax.arguments(kind.noun().toUpperCase(Locale.ROOT), "Ids or names.");
        return syntax.does(() -> {
            var resource = resource();
            for (var name : names.required()) {
                session.api().delete(resource.path(resource.id(name)), Map.of());
                session.surroundings().out().line("Deleted " + kind.noun() + " " + name + ".");
            }
            return ExitCode.DONE;
        });
    }

    /**
     * Changes the fields that the operator named, if nobody else has changed the object since it was read.
     *
     * @param syntax with the options of the kind already declared
     * @param fill puts what the operator gave into the merge patch
     */
    public CommandSpec set(Syntax syntax, Consumer<Document> fill) {
        var name = syntax.argument(kind.noun().toUpperCase(Locale.ROOT), "Its id or name.");
        var unset = syntax.repeated("--unset", "FIELD", "Take this field's value away; may be repeated.");
        var output = syntax.output();
        return syntax.does(() -> {
            var patch = Document.empty();
            fill.accept(patch);
            for (var field : unset.value().orElseGet(List::of)) {
                patch.put("/" + field.replace('.', '/'), "--unset", JsonNodeFactory.instance.nullNode());
            }
            if (patch.isEmpty()) {
                throw Failure.usage("Nothing to change: name at least one field.");
            }
            var found = resource().get(name.required());
            var changed = session.api()
                    .patch(resource().path(Resource.id(found.body())), patch, Resource.etag(found), Map.of());
            output.get().show(kind, changed.body());
            return ExitCode.DONE;
        });
    }

    /** Creates an object and shows it. */
    public CommandSpec create(Syntax syntax, Supplier<Document> document) {
        return create(syntax, syntax.output(), document);
    }

    /** As {@link #create(Syntax, Supplier)}, where the command declares its output itself. */
    public CommandSpec create(Syntax syntax, Supplier<Output> output, Supplier<Document> document) {
        return syntax.does(() -> {
            var created = session.api().post("/v1/" + kind.collection(), document.get(), Map.of());
            output.get().show(kind, created.body());
            return ExitCode.DONE;
        });
    }

    /** The object's name, or its id where it has none. */
    public static String called(JsonNode object) {
        var name = Json.text(object, "name");
        return name.isEmpty() ? Json.text(object, "id") : name;
    }
}
