package io.isthmus.cli.command;

import io.isthmus.cli.http.Failure;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** An option or an argument of a command, with the type of its value. */
public final class Setting<T> {
    private final ArgSpec spec;

    Setting(ArgSpec spec) {
        this.spec = spec;
    }

    /** What the operator gave; empty where it was left out. */
    public Optional<T> value() {
        return Optional.ofNullable(spec.<T>getValue());
    }

    /** What the operator gave, where leaving it out is a mistake. */
    public T required() {
        return value().orElseThrow(() -> Failure.usage("Missing: " + name()));
    }

    /** As the operator writes it: {@code --cidr} or {@code LOCAL}. */
    public String name() {
        return spec instanceof OptionSpec option ? option.longestName() : spec.paramLabel();
    }
}
