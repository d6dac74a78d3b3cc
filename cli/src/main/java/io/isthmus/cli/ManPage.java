package io.isthmus.cli;

import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.ExitCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code isthmus man-page}: the whole command as a manual page, made from the commands themselves. */
final class ManPage {
    private final List<String> lines = new ArrayList<>();

    private ManPage() {}

    static CommandSpec of(Session session) {
        var syntax = new Syntax("man-page", session, "Print the manual page, in roff.");
        syntax.examples("isthmus man-page > /usr/local/share/man/man1/isthmus.1");
        var command = new CommandSpec[1];
        command[0] = syntax.does(() -> {
            session.surroundings().out().raw(text(command[0].root()));
            return ExitCode.DONE;
        });
        return command[0];
    }

    static String text(CommandSpec root) {
        var page = new ManPage();
        page.lines.add(".TH ISTHMUS 1 \"\" \"isthmus\" \"Isthmus\"");
        page.section("NAME");
        page.plain("isthmus - " + description(root));
        page.section("SYNOPSIS");
        page.lines.add(".B isthmus");
        page.plain("[--url URL] [--os-cloud CLOUD] COMMAND");
        page.section("OPTIONS OF EVERY COMMAND");
        root.options().forEach(page::option);
        page.section("COMMANDS");
        commands(root).forEach(page::command);
        page.section("ENVIRONMENT, EXIT STATUS AND EXAMPLES");
        page.lines.add(".nf");
        Arrays.stream(Help.FOOTER).forEach(page::plain);
        page.lines.add(".fi");
        return String.join("\n", page.lines) + "\n";
    }

    /** Every command that does something, in the order of the help. */
    static List<CommandSpec> commands(CommandSpec root) {
        var found = new ArrayList<CommandSpec>();
        for (var line : root.subcommands().values()) {
            var command = line.getCommandSpec();
            if (command.subcommands().isEmpty()) {
                found.add(command);
            } else {
                found.addAll(commands(command));
            }
        }
        return found.stream().distinct().toList();
    }

    private void section(String title) {
        lines.add(".SH \"" + title + "\"");
    }

    private void command(CommandSpec command) {
        lines.add(".SS "
                + roff(command.qualifiedName()
                        + command.positionalParameters().stream()
                                .map(each -> " "
                                        + (each.arity().min() == 0 ? "[" + each.paramLabel() + "]" : each.paramLabel()))
                                .collect(Collectors.joining())));
        plain(description(command));
        var common =
                command.root().options().stream().map(OptionSpec::longestName).toList();
        command.options().stream()
                .filter(option -> !common.contains(option.longestName()))
                .forEach(this::option);
    }

    private void option(OptionSpec option) {
        lines.add(".TP");
        lines.add(".B "
                + roff(String.join(", ", option.names())
                        + (option.arity().max() == 0 ? "" : " " + option.paramLabel())));
        plain(String.join(" ", option.description()));
    }

    private static String description(CommandSpec command) {
        return String.join(" ", command.usageMessage().description());
    }

    private void plain(String text) {
        var line = roff(text);
        // A line that begins with one of these would be taken for a request.
        lines.add(line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line);
    }

    private static String roff(String text) {
        var plain = CommandLine.Help.Ansi.OFF.string(text).replace("\\", "\\e").replace("-", "\\-");
        // Not every roff reads UTF-8.
        return plain.codePoints()
                .mapToObj(c -> c < 128 ? Character.toString(c) : "\\[u%04X]".formatted(c))
                .collect(Collectors.joining());
    }
}
