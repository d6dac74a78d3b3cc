package io.isthmus.cli.command;

import io.isthmus.cli.http.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A site named by parts of its cloud in one word: {@code cell:cell-b} or {@code region:RegionBC,cell:cell-b}. */
public final class SiteSelector {
    private static final Pattern PART = Pattern.compile("(auth_url|region|region_name|cell):(.+)");

    private SiteSelector() {}

    /** Whether it is meant so; ids never are. */
    public static boolean isSelector(String text) {
        return text.matches("(auth_url|region|region_name|cell):.*");
    }

    /** The filters of a list of sites that ask for the same. */
    public static Map<String, String> filters(String selector) {
        var filters = new LinkedHashMap<String, String>();
        for (var text : selector.split(",", -1)) {
            var part = PART.matcher(text);
            if (!part.matches()) {
                throw Failure.usage(
                        "A site is named by cell:NAME, region:NAME or auth_url:URL, joined by commas: " + selector);
            }
            filters.put(part.group(1).equals("region") ? "region_name" : part.group(1), part.group(2));
        }
        return filters;
    }
}
