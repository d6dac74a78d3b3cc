package io.isthmus.cli.http;

import java.util.List;

/** The command cannot go on: what to tell the operator and the shell. The first line is the message, the others explain. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ExitCode exitCode;
    private final transient List<String> explanation;

    public Failure(ExitCode exitCode, String message, List<String> explanation) {
        super(message);
        this.exitCode = exitCode;
        this.explanation = List.copyOf(explanation);
    }

    public Failure(ExitCode exitCode, String message, String... explanation) {
        this(exitCode, message, List.of(explanation));
    }

    public static Failure usage(String message, String... explanation) {
        return new Failure(ExitCode.USAGE, message, explanation);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public List<String> explanation() {
        return explanation;
    }
}
