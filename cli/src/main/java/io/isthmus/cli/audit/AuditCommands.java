package io.isthmus.cli.audit;

import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.command.Verbs;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Column;
import io.isthmus.cli.output.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** {@code isthmus audit …}. */
public final class AuditCommands {
    private static final Kind KIND = new Kind(
            "audit record",
            "audit",
            List.of(
                    Column.field("at", 1),
                    Column.field("user_id", 2),
                    Column.field("address", 5),
                    Column.field("operation", 0),
                    Column.field("resource_id", 3),
                    Column.field("status", 0),
                    Column.field("code", 4),
                    Column.field("request_id", 6)),
            Set.of(
                    "id",
                    "at",
                    "request_id",
                    "user_id",
                    "project_id",
                    "roles",
                    "system_scope",
                    "address",
                    "method",
                    "route",
                    "operation",
                    "resource_id",
                    "status",
                    "code",
                    "hash"));

    private static final Kind VERIFICATION = new Kind(
            "verification",
            "verification",
            List.of(),
            Set.of("intact", "records", "first_id", "last_id", "head", "broken_at"));

    private AuditCommands() {}

    public static CommandSpec of(Session session) {
        return Syntax.group(
                "audit",
                session,
                "The audit trail: who changed what, or was refused.",
                List.of(new Verbs(KIND, session).list("isthmus audit", 100), verify(session)));
    }

    private static CommandSpec verify(Session session) {
        var syntax = new Syntax(
                "verify",
                session,
                "Check that no record of the trail was altered or taken away. Note head elsewhere: it tells later that"
                        + " nothing before it was changed. Exit code 1 if a record does not fit.");
        var output = syntax.output();
        return syntax.does(() -> {
            var found = session.api().get("/v1/audit/verification", Map.of()).body();
            output.get().show(VERIFICATION, found);
            return Json.text(found, "intact").equals("true") ? ExitCode.DONE : ExitCode.FAILED;
        });
    }
}
