package io.isthmus.cli.output;

/** Emphasis; never the only way in which something is said. */
public enum Style {
    PLAIN,
    COLOURED;

    public String bold(String text) {
        return wrap("1", text);
    }

    public String quiet(String text) {
        return wrap("2", text);
    }

    public String of(Mark mark, String text) {
        return switch (mark) {
            case GOOD -> wrap("32", text);
            case BUSY -> wrap("36", text);
            case WARNING -> wrap("33", text);
            case BAD -> wrap("31", text);
            case QUIET -> text;
        };
    }

    private String wrap(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
