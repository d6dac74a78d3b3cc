package io.isthmus.cli.webhook;

import io.isthmus.cli.command.Resource;
import io.isthmus.cli.command.SecretInput;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Setting;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.command.Verbs;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.output.Column;
import io.isthmus.cli.output.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** {@code isthmus webhook …}. */
public final class WebhookCommands {
    private static final Kind KIND = new Kind(
            "webhook",
            "webhooks",
            List.of(
                    Column.field("id", 0),
                    Column.field("name", 2),
                    Column.field("url", 1),
                    Column.field("kinds", 4),
                    Column.field("admin_state_up", 5),
                    Column.field("last_success_at", 6),
                    Column.field("last_error", 3)),
            Set.of(
                    "id",
                    "name",
                    "project_id",
                    "url",
                    "kinds",
                    "admin_state_up",
                    "delivered_event_id",
                    "last_error",
                    "last_success_at",
                    "created_at",
                    "updated_at",
                    "revision",
                    "tags"));

    private static final Kind DEAD_LETTER = new Kind(
            "dead letter",
            "dead_letters",
            List.of(
                    Column.field("event_id", 0),
                    Column.field("kind", 2),
                    Column.field("resource_id", 4),
                    Column.field("attempts", 5),
                    Column.field("at", 3),
                    Column.field("redelivery_wanted", 6),
                    Column.field("error", 1)),
            Set.of("event_id", "kind", "resource_type", "resource_id", "attempts", "error", "redelivery_wanted", "at"));

    private static final int USUAL_LIMIT = 1_000;

    private WebhookCommands() {}

    public static CommandSpec of(Session session) {
        var verbs = new Verbs(KIND, session);
        return Syntax.group(
                "webhook",
                session,
                "Webhooks: events sent to an address of yours as signed CloudEvents.",
                List.of(
                        verbs.list(),
                        verbs.show(),
                        create(verbs, session),
                        set(verbs, session),
                        verbs.delete(),
                        deadLetters(session),
                        redeliver(session)));
    }

    private static CommandSpec create(Verbs verbs, Session session) {
        var syntax = new Syntax("create", session, "Have events sent to URL from now on.");
        var url = syntax.argument("URL", "http or https.");
        var fields = new WebhookFields(syntax, "Asked for if left out.");
        syntax.examples(
                "isthmus webhook create https://ops.example/isthmus --secret-file hook.secret",
                "isthmus webhook create https://ops.example/isthmus --kind connection.* --secret-file -");
        return verbs.create(syntax, () -> {
            var document = Document.empty().put("/url", url.name(), url.required());
            fields.fill(document);
            document.put("/secret", fields.secretFile.name(), SecretInput.read(fields.secretFile.value(), false));
            return document;
        });
    }

    private static CommandSpec set(Verbs verbs, Session session) {
        var syntax = new Syntax("set", session, "Change a webhook.");
        var url = syntax.text("--url-to", "URL", "Where events go from now on.");
        var fields = new WebhookFields(syntax, "Replaces the one before.");
        syntax.examples(
                "isthmus webhook set ops --kind connection.*", "isthmus webhook set ops --admin-state-up false");
        return verbs.set(syntax, document -> {
            document.put("/url", url.name(), url.value());
            fields.fill(document);
            fields.secretFile
                    .value()
                    .ifPresent(file -> document.put(
                            "/secret", fields.secretFile.name(), SecretInput.read(Optional.of(file), false)));
        });
    }

    private static CommandSpec deadLetters(Session session) {
        var syntax =
                new Syntax("dead-letters", session, "List the events that a webhook did not take, the oldest first.");
        var webhook = syntax.argument("WEBHOOK", "Its id or name.");
        var output = syntax.output();
        return syntax.does(() -> {
            var resource = new Resource(KIND, session.api());
            var path = resource.path(resource.id(webhook.required())) + "/dead-letters";
            output.get().list(DEAD_LETTER, session.api().list(path, DEAD_LETTER.collection(), Map.of(), USUAL_LIMIT));
            return ExitCode.DONE;
        });
    }

    private static CommandSpec redeliver(Session session) {
        var syntax = new Syntax("redeliver", session, "Send the events that a webhook did not take once more.");
        var webhook = syntax.argument("WEBHOOK", "Its id or name.");
        var events = syntax.repeated("--event", "EVENT-ID", "Only this one; may be repeated (default: all of them).");
        var output = syntax.output();
        syntax.examples("isthmus webhook redeliver ops", "isthmus webhook redeliver ops --event 4711");
        return syntax.does(() -> {
            var resource = new Resource(KIND, session.api());
            var document = Document.empty().put("/event_ids", events.name(), events.value());
            var path = resource.path(resource.id(webhook.required())) + "/redeliver";
            output.get().show(KIND, session.api().post(path, document, Map.of()).body());
            return ExitCode.DONE;
        });
    }

    /** The fields of a webhook as options, but for its address; its secret comes another way. */
    private static final class WebhookFields {
        private final Setting<String> name;
        private final Setting<List<String>> kinds;
        private final Setting<Boolean> adminStateUp;
        private final Setting<List<String>> tags;
        private final Setting<String> secretFile;

        WebhookFields(Syntax syntax, String withoutFile) {
            name = syntax.text("--name", "NAME", "A name for people.");
            kinds = syntax.repeated(
                    "--kind",
                    "KIND",
                    "Only events of this kind, such as connection.updated or connection.*; may be repeated.");
            adminStateUp = syntax.choice("--admin-state-up", "Whether events are sent; those of the meantime follow.");
            tags = syntax.repeated("--tag", "TAG", "May be repeated.");
            secretFile = syntax.text(
                    "--secret-file",
                    "FILE",
                    "Where the secret is that signs what is sent; - is standard input. " + withoutFile);
        }

        void fill(Document document) {
            document.put("/name", name.name(), name.value())
                    .put("/kinds", kinds.name(), kinds.value())
                    .put("/admin_state_up", adminStateUp.name(), adminStateUp.value())
                    .put("/tags", tags.name(), tags.value());
        }
    }
}
