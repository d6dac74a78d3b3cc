package io.isthmus.cli.http;

/** What the command tells the shell. */
public enum ExitCode {
    DONE(0),
    FAILED(1),
    USAGE(2),
    NOT_FOUND(3),
    /** The controller refused because of the present state, or a name fits several things. */
    REFUSED_BY_STATE(4),
    /** Not finished in time; the work goes on in the controller. */
    TIMED_OUT(5);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
