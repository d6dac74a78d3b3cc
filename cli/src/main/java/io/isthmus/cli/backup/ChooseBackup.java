package io.isthmus.cli.backup;

import io.isthmus.cli.command.Resource;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.output.Column;
import io.isthmus.cli.output.Kind;
import io.isthmus.cli.site.Sites;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** {@code isthmus backup choose}: keeps a choice, whose limits are watched from then on. */
final class ChooseBackup {
    static final Kind KIND = new Kind(
            "backup",
            "backup-choices",
            List.of(
                    Column.field("name", 1),
                    Column.field("site", 0),
                    Column.field("backup", 0),
                    Column.field("status", 0),
                    Column.field("breach.criterion", 2),
                    Column.field("proposal", 1),
                    Column.field("id", 3)),
            Set.of(
                    "id",
                    "name",
                    "project_id",
                    "site",
                    "backup",
                    "constraints",
                    "weights",
                    "status",
                    "since",
                    "breach",
                    "proposal",
                    "created_at",
                    "updated_at",
                    "revision",
                    "tags"));

    private ChooseBackup() {}

    static CommandSpec of(Session session) {
        var syntax = new Syntax(
                "choose",
                session,
                "Let BACKUP back SITE up. Its limits are watched from then on; nothing is built and nothing is moved.");
        var site = syntax.argument("SITE", "The active site's id or name.");
        var backup = syntax.argument("BACKUP", "The backup's.");
        var name = syntax.text("--name", "NAME", "A name for people (default: SITE-BACKUP).");
        var options = new ConstraintOptions(syntax);
        var output = syntax.output();
        syntax.examples("isthmus backup choose b d --max-latency 20 --vcpus 4", "isthmus backup list");
        return syntax.does(() -> {
            var sites = new Resource(Sites.KIND, session.api());
            var document = Document.empty();
            document.put("/site", site.name(), sites.id(site.required()));
            document.put("/backup", backup.name(), sites.id(backup.required()));
            document.put("/name", name.name(), name.value());
            options.fill(document);
            var made = session.api().post("/v1/backup-choices", document, Map.of());
            output.get().show(KIND, made.body());
            return ExitCode.DONE;
        });
    }
}
