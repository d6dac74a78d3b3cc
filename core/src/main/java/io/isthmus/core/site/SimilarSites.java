package io.isthmus.core.site;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which sites may have been meant by a word that is nobody's id or name. */
public final class SimilarSites {
    private static final int MOST = 5;
    private static final int MOST_EDITS = 2;

    private SimilarSites() {}

    /** At most five, the likeliest first. */
    public static List<SiteId> to(String word, Collection<Site> sites) {
        var wanted = word.toLowerCase(Locale.ROOT);
        record Near(SiteId id, int edits) {}
        return sites.stream()
                .map(site -> new Near(
                        site.id(),
                        Math.min(
                                edits(wanted, site.id().name()),
                                edits(wanted, site.name().toLowerCase(Locale.ROOT)))))
                .filter(near -> near.edits() <= MOST_EDITS && near.edits() < Math.max(1, wanted.length()))
                .sorted(Comparator.comparingInt(Near::edits).thenComparing(Near::id))
                .limit(MOST)
                .map(Near::id)
                .toList();
    }

    /** The least number of letters to add, drop or change (Levenshtein 1966); none where one text begins with the other. */
    static int edits(String one, String other) {
        if (!one.isEmpty() && other.startsWith(one)) {
            return 0;
        }
        var row = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            var diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                var change = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(change, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
