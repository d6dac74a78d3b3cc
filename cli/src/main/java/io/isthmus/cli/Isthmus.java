package io.isthmus.cli;

import io.isthmus.cli.audit.AuditCommands;
import io.isthmus.cli.backup.BackupCommands;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Surroundings;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.connection.ConnectionCommands;
import io.isthmus.cli.connection.CreateConnection;
import io.isthmus.cli.credential.CredentialCommands;
import io.isthmus.cli.diagnosis.Benchmark;
import io.isthmus.cli.diagnosis.Diagnose;
import io.isthmus.cli.diagnosis.Gather;
import io.isthmus.cli.endpoint.EndpointCommands;
import io.isthmus.cli.event.EventCommands;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.link.LinkCommands;
import io.isthmus.cli.operation.OperationCommands;
import io.isthmus.cli.output.Mark;
import io.isthmus.cli.output.Screen;
import io.isthmus.cli.output.Text;
import io.isthmus.cli.quota.QuotaCommands;
import io.isthmus.cli.registration.Register;
import io.isthmus.cli.site.SiteCommands;
import io.isthmus.cli.topology.TopologyCommand;
import io.isthmus.cli.webhook.WebhookCommands;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The {@code isthmus} command.
 *
 * <p>A program that has more commands adds them: {@code var line = Isthmus.commandLine(); line.addSubcommand("server", …);
 * System.exit(Isthmus.run(line, args));}
 */
public final class Isthmus {
    private Isthmus() {}

    public static void main(String[] args) {
        System.exit(run(commandLine(), args));
    }

    /** The command as this process's operator uses it. */
    public static CommandLine commandLine() {
        return commandLine(Surroundings.ofProcess());
    }

    public static CommandLine commandLine(Surroundings surroundings) {
        var session = new Session(surroundings);
        var root = CommandSpec.wrapWithoutInspection(new Entry(session)).name("isthmus");
        root.usageMessage()
                .description("Connects OpenStack sites: programs the networks between datacenters, at both sides.")
                .synopsisSubcommandLabel("COMMAND")
                .footer(Help.FOOTER);
        Syntax.commonOptions(session).forEach(root::addOption);
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .arity("0")
                .type(boolean.class)
                .description("Print the version.")
                .build());
        root.versionProvider(() -> new String[] {"isthmus " + version()});
        for (var command : new CommandSpec[] {
            CreateConnection.connect(session),
            with(ConnectionCommands.of(session), Diagnose.ofConnection(session), Benchmark.of(session)),
            EndpointCommands.of(session),
            with(SiteCommands.of(session), Diagnose.ofSite(session)),
            LinkCommands.of(session),
            TopologyCommand.of(session),
            BackupCommands.of(session),
            CredentialCommands.of(session),
            ConnectionCommands.verify(session),
            Diagnose.of(session),
            Benchmark.of(session),
            Gather.of(session, version()),
            OperationCommands.of(session),
            EventCommands.of(session),
            AuditCommands.of(session),
            QuotaCommands.of(session),
            WebhookCommands.of(session),
            Register.of(session),
            Completion.of(session),
            ManPage.of(session)
        }) {
            root.addSubcommand(command.name(), command);
        }

        return new CommandLine(root);
    }

    /** A noun with verbs that are made of more than its own package knows. */
    private static CommandSpec with(CommandSpec noun, CommandSpec... verbs) {
        for (var verb : verbs) {
            noun.addSubcommand(verb.name(), verb);
        }
        return noun;
    }

    /** Runs it with these surroundings; answers the exit code. */
    public static int run(String[] args, Surroundings surroundings) {
        return run(commandLine(surroundings), args);
    }

    /** Runs a command line that {@link #commandLine} made, with whatever was added to it; answers the exit code. */
    public static int run(CommandLine line, String... args) {
        var session = ((Entry) line.getCommandSpec().userObject()).session();
        var surroundings = session.surroundings();
        line.setOut(writer(surroundings.out()));
        line.setErr(writer(surroundings.err()));
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(
                Math.clamp(surroundings.out().terminal() ? surroundings.out().width() : 100, 60, 120));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                surroundings.out().styled() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setParameterExceptionHandler((e, given) -> refuse(surroundings.err(), e));
        line.setExecutionExceptionHandler((e, failed, parsed) -> {
            if (e instanceof Failure failure) {
                tell(surroundings.err(), failure);
                return failure.exitCode().number();
            }
            throw e;
        });
        Help.group(line);
        try (session) {
            return line.execute(args);
        }
    }

    private static int refuse(Screen err, CommandLine.ParameterException e) {
        tell(
                err,
                Failure.usage(
                        String.valueOf(e.getMessage()),
                        "hint: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help"));
        CommandLine.UnmatchedArgumentException.printSuggestions(
                e, e.getCommandLine().getErr());
        return ExitCode.USAGE.number();
    }

    private static void tell(Screen err, Failure failure) {
        err.line(err.style().of(Mark.BAD, "isthmus:") + " " + Text.clean(String.valueOf(failure.getMessage())));
        failure.explanation().forEach(line -> err.line("  " + Text.clean(line)));
    }

    private static PrintWriter writer(Screen screen) {
        return new PrintWriter(screen.out(), true, StandardCharsets.UTF_8);
    }

    /** As the jar says it. */
    private static String version() {
        var version = Isthmus.class.getPackage().getImplementationVersion();
        return version == null ? "(from a build that was not packaged)" : version;
    }

    /** What runs when no command is given: nothing but the help. */
    private record Entry(Session session) implements Callable<Integer> {
        @Override
        public Integer call() {
            throw Failure.usage("Which command?", "hint: isthmus --help");
        }
    }
}
