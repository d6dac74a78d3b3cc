package io.isthmus.cli.topology.file;

/** What is wrong with a file, and where. */
final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unreadable(int line, String detail) {
        super("line %d: %s".formatted(line, detail), null, false, false);
    }

    Unreadable(String detail) {
        super(detail, null, false, false);
    }
}
