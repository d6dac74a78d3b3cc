package io.isthmus.cli;

import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code isthmus completion bash|zsh}. */
final class Completion {
    private Completion() {}

    static CommandSpec of(Session session) {
        var syntax = new Syntax(
                "completion",
                session,
                "Print a completion script for a shell: commands, options, and names that the controller has.");
        var shell = syntax.argument("bash|zsh", "The shell.");
        syntax.examples("source <(isthmus completion bash)", "isthmus completion zsh > ~/.isthmus-completion.zsh");
        var command = new CommandSpec[1];
        command[0] = syntax.does(() -> {
            var root = command[0].root().commandLine();
            session.surroundings().out().raw(script(shell.required(), root));
            return ExitCode.DONE;
        });
        return command[0];
    }

    private static String script(String shell, CommandLine root) {
        if (!List.of("bash", "zsh").contains(shell)) {
            throw Failure.usage("No completion for the shell " + shell + ".", "known: bash, zsh");
        }
        // One script serves both: it turns on bash's completion where it finds itself in zsh.
        return AutoComplete.bash("isthmus", root) + NameCompletion.script(root.getCommandSpec());
    }
}
