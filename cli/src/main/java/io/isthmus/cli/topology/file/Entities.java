package io.isthmus.cli.topology.file;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GML is ASCII; other letters, and those that mean something, are written as HTML does. */
final class Entities {
    private static final Pattern ENTITY = Pattern.compile("&(#\\d{1,7}|quot|amp|lt|gt|apos);");
    private static final Map<String, String> NAMED =
            Map.of("quot", "\"", "amp", "&", "lt", "<", "gt", ">", "apos", "'");

    private Entities() {}

    static String decoded(String text) {
        return ENTITY.matcher(text).replaceAll(match -> {
            var name = match.group(1);
            if (!name.startsWith("#")) {
                return NAMED.getOrDefault(name, "");
            }
            int letter = Integer.parseInt(name.substring(1));
            return Character.isValidCodePoint(letter) ? Matcher.quoteReplacement(Character.toString(letter)) : "?";
        });
    }

    static String encoded(String text) {
        var encoded = new StringBuilder();
        text.codePoints().forEach(letter -> {
            if (letter == '"') {
                encoded.append("&quot;");
            } else if (letter == '&') {
                encoded.append("&amp;");
            } else if (letter > 126 || letter < ' ') {
                encoded.append("&#").append(letter).append(';');
            } else {
                encoded.appendCodePoint(letter);
            }
        });
        return encoded.toString();
    }
}
