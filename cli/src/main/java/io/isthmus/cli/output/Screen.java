package io.isthmus.cli.output;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where output goes, and what can be shown there.
 *
 * @param styled whether it is a terminal that may get escape sequences: colour, and redrawing in place
 * @param unicode whether it shows box drawing characters
 */
public record Screen(PrintStream out, boolean terminal, boolean styled, boolean unicode, Supplier<Size> measured) {
    private static final Map<Character, Character> IN_ASCII = inAscii();

    /** In characters. */
    public record Size(int columns, int rows) {
        public static final Size USUAL = new Size(80, 24);
    }

    /** A pipe or a file. */
    public static Screen pipe(PrintStream out) {
        return new Screen(out, false, false, true, () -> Size.USUAL);
    }

    public static Screen terminal(PrintStream out, Map<String, String> environment, Supplier<Size> measured) {
        var noColor = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        var dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Screen(out, true, !noColor && !dumb, showsUnicode(environment), measured);
    }

    /** By the first locale variable that is set, as POSIX orders them; a terminal without a locale is taken for a modern one. */
    private static boolean showsUnicode(Map<String, String> environment) {
        for (var name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            var locale = environment.getOrDefault(name, "");
            if (!locale.isEmpty()) {
                return locale.toLowerCase(Locale.ROOT).matches(".*utf-?8.*");
            }
        }
        return true;
    }

    public int width() {
        return measured.get().columns();
    }

    public void line(String text) {
        out.println(unicode ? text : ascii(text));
    }

    /** Text as it is, such as a control sequence. */
    public void raw(String text) {
        out.print(text);
        out.flush();
    }

    public Style style() {
        return styled ? Style.COLOURED : Style.PLAIN;
    }

    private static String ascii(String text) {
        var result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            result.append((char) IN_ASCII.getOrDefault(c, c));
        }
        return result.toString();
    }

    private static Map<Character, Character> inAscii() {
        var map = new HashMap<Character, Character>();
        "┌┐└┘├┤┬┴┼╭╮╰╯╡╞╥╨".chars().forEach(c -> map.put((char) c, '+'));
        "─┄".chars().forEach(c -> map.put((char) c, '-'));
        "│┆".chars().forEach(c -> map.put((char) c, '|'));
        "═╔╗╚╝╬╪╤╧".chars().forEach(c -> map.put((char) c, '='));
        "║╫╟╢".chars().forEach(c -> map.put((char) c, '#'));
        map.put('→', '>');
        map.put('↔', '=');
        map.put('●', '*');
        map.put('◐', '~');
        map.put('○', 'o');
        map.put('✗', 'x');
        map.put('✔', 'v');
        map.put('▲', '!');
        map.put('▸', '>');
        map.put('·', '.');
        map.put('…', '.');
        return map;
    }
}
