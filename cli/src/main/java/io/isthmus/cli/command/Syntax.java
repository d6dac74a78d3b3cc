package io.isthmus.cli.command;

import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.output.Format;
import io.isthmus.cli.output.Output;
import io.isthmus.cli.output.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The options and arguments of one command, in the order in which they are declared, and the common ones after them. */
public final class Syntax {
    private final String name;
    private final Session session;
    private final String summary;
    private final List<OptionSpec> options = new ArrayList<>();
    private final List<PositionalParamSpec> arguments = new ArrayList<>();
    private final List<String> footer = new ArrayList<>();

    public Syntax(String name, Session session, String summary) {
        this.name = name;
        this.session = session;
        this.summary = summary;
    }

    public Setting<String> text(String option, String label, String... description) {
        return option(String.class, option, label, description);
    }

    public Setting<Integer> number(String option, String label, String... description) {
        return option(Integer.class, option, label, description);
    }

    public Setting<Double> decimal(String option, String label, String... description) {
        return option(Double.class, option, label, description);
    }

    /** {@code --dhcp true}. */
    public Setting<Boolean> choice(String option, String... description) {
        var spec = OptionSpec.builder(option)
                .type(Boolean.class)
                .arity("1")
                .paramLabel("true|false")
                .completionCandidates(List.of("true", "false"))
                .description(description)
                .build();
        options.add(spec);
        return new Setting<>(spec);
    }

    /** {@code --wait}: there or not. */
    public Supplier<Boolean> flag(String option, String... description) {
        var spec = OptionSpec.builder(option)
                .type(boolean.class)
                .arity("0")
                .initialValue(false)
                .description(description)
                .build();
        options.add(spec);
        return () -> Boolean.TRUE.equals(spec.getValue());
    }

    public Setting<String> oneOf(String option, List<String> values, String... description) {
        var spec = OptionSpec.builder(option)
                .type(String.class)
                .paramLabel(String.join("|", values))
                .completionCandidates(values)
                .description(description)
                .build();
        options.add(spec);
        return new Setting<>(spec);
    }

    /** An option whose usual values a shell completes. */
    private Setting<String> suggesting(List<String> values, String option, String label, String description) {
        var spec = OptionSpec.builder(option.split(",", -1))
                .type(String.class)
                .paramLabel(label)
                .completionCandidates(values)
                .description(description)
                .build();
        options.add(spec);
        return new Setting<>(spec);
    }

    /** An option that may be given several times. */
    public Setting<List<String>> repeated(String option, String label, String... description) {
        var spec = OptionSpec.builder(option.split(",", -1))
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
        options.add(spec);
        return new Setting<>(spec);
    }

    private <T> Setting<T> option(Class<T> type, String option, String label, String... description) {
        var spec = OptionSpec.builder(option.split(",", -1))
                .type(type)
                .paramLabel(label)
                .description(description)
                .build();
        options.add(spec);
        return new Setting<>(spec);
    }

    public Setting<String> argument(String label, String... description) {
        return argument(label, "1", description);
    }

    public Setting<String> optionalArgument(String label, String... description) {
        return argument(label, "0..1", description);
    }

    private Setting<String> argument(String label, String arity, String... description) {
        var spec = PositionalParamSpec.builder()
                .index(Integer.toString(arguments.size()))
                .arity(arity)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
        arguments.add(spec);
        return new Setting<>(spec);
    }

    /** One or more of the same. */
    public Setting<List<String>> arguments(String label, String... description) {
        var spec = PositionalParamSpec.builder()
                .index(arguments.size() + "..*")
                .arity("1..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .description(description)
                .build();
        arguments.add(spec);
        return new Setting<>(spec);
    }

    /** Lines below the options: examples, each as it is typed. */
    public Syntax examples(String... lines) {
        footer.add("");
        footer.add("Examples:");
        for (var line : lines) {
            footer.add("  " + line.replace("%", "%%"));
        }
        return this;
    }

    /** {@code -f} and {@code -c}. */
    public Supplier<Output> output() {
        var format = suggesting(
                Format.names(),
                "-f,--format",
                "FORMAT",
                "How to print the result: " + String.join(", ", Format.names()) + " (default: table).");
        return output(format::value);
    }

    /**
     * {@code -f} of a command that also takes a document: a format's name is a format, anything else the file.
     *
     * @param fromFile the option that always means the file
     */
    public FormatOrFile formatOrFile(Setting<String> fromFile) {
        var either = suggesting(
                Format.names(),
                "-f,--format",
                "FORMAT|FILE",
                "How to print the result: " + String.join(", ", Format.names())
                        + " (default: table); anything else is taken as " + fromFile.name() + ".");
        return new FormatOrFile(
                output(() -> either.value().filter(text -> Format.named(text).isPresent())),
                () -> fromFile.value()
                        .or(() ->
                                either.value().filter(text -> Format.named(text).isEmpty())));
    }

    /** What {@code -f} meant. */
    public record FormatOrFile(Supplier<Output> output, Supplier<Optional<String>> file) {}

    private Supplier<Output> output(Supplier<Optional<String>> format) {
        var columns = repeated(
                "-c,--column", "COLUMN", "Print this column only; may be repeated; cloud.kind reaches inside.");
        return () -> new Output(
                session.surroundings().out(),
                format.get().map(Syntax::format).orElse(Format.TABLE),
                columns.value().orElseGet(List::of));
    }

    private static Format format(String name) {
        return Format.named(name)
                .orElseThrow(
                        () -> Failure.usage("No such format: " + name, "known: " + String.join(", ", Format.names())));
    }

    public Screen screen() {
        return session.surroundings().out();
    }

    /** The finished command, which does {@code action}. */
    public CommandSpec does(Action action) {
        var command = CommandSpec.wrapWithoutInspection(
                (Callable<Integer>) () -> action.run().number());
        command.name(name);
        command.usageMessage().description(summary).footer(footer.toArray(String[]::new));
        command.usageMessage().sortOptions(false).abbreviateSynopsis(options.size() > 8);
        arguments.forEach(command::addPositional);
        options.forEach(command::addOption);
        commonOptions(session).forEach(command::addOption);
        return command;
    }

    /** What a command does when all its options are read. */
    @FunctionalInterface
    public interface Action {
        ExitCode run() throws InterruptedException;
    }

    /** A command that only groups others. */
    public static CommandSpec group(String name, Session session, String summary, List<CommandSpec> verbs) {
        var command = CommandSpec.create().name(name);
        command.usageMessage().description(summary).synopsisSubcommandLabel("COMMAND");
        commonOptions(session).forEach(command::addOption);
        verbs.forEach(verb -> command.addSubcommand(verb.name(), verb));
        return command;
    }

    /** What every command takes, and the command before it too. */
    public static List<OptionSpec> commonOptions(Session session) {
        return List.of(
                urlOption(session),
                cloudOption(session),
                common(
                        "--os-cacert",
                        "FILE",
                        "Trust the certificates in this PEM file (default: OS_CACERT, else the system's).",
                        session::useCacert),
                switched("--insecure", "Do not check certificates: for a first look only.", session::trustAnybody),
                switched("--debug", "Tell every request on standard error, without secrets.", session::showRequests),
                switched("--timing", "Tell on standard error how long the requests took.", session::showTimes),
                helpOption());
    }

    public static OptionSpec urlOption(Session session) {
        return common(
                "--url",
                "URL",
                "The controller (default: ISTHMUS_URL, else as Keystone's catalogue says, else " + Session.DEFAULT_URL
                        + ").",
                session::useUrl);
    }

    public static OptionSpec cloudOption(Session session) {
        return common(
                "--os-cloud",
                "CLOUD",
                "Log in as this entry of clouds.yaml says (default: OS_CLOUD, else the OS_* variables).",
                session::useCloud);
    }

    private static OptionSpec common(String name, String label, String description, Consumer<String> use) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .setter(new ISetter() {
                    @Override
                    public <T> T set(T value) {
                        if (value instanceof String text) {
                            use.accept(text);
                        }
                        return value;
                    }
                })
                .build();
    }

    private static OptionSpec switched(String name, String description, Runnable use) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .setter(new ISetter() {
                    @Override
                    public <T> T set(T value) {
                        if (Boolean.TRUE.equals(value)) {
                            use.run();
                        }
                        return value;
                    }
                })
                .build();
    }

    public static OptionSpec helpOption() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .arity("0")
                .type(boolean.class)
                .description("Show this help.")
                .build();
    }
}
