package io.isthmus.cli.backup;

import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code isthmus backup …}. */
public final class BackupCommands {
    private BackupCommands() {}

    public static CommandSpec of(Session session) {
        return Syntax.group(
                "backup",
                session,
                "Backups: which site backs which up, and why.",
                List.of(SuggestBackup.of(session), PlanBackups.of(session)));
    }
}
