package io.isthmus.core.site;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Names a site by parts of its cloud, where a caller knows the cell or region but not the site's id. */
public record SiteSelector(Optional<URI> authUrl, Optional<String> regionName, Optional<String> cell) {

    public SiteSelector {
        if (authUrl.isEmpty() && regionName.isEmpty() && cell.isEmpty()) {
            throw new IllegalArgumentException("a site selector needs auth_url, region_name or cell");
        }
    }

    /** What a selector found. */
    public sealed interface Match {
        record One(Site site) implements Match {}

        record Several(List<SiteId> candidates) implements Match {}

        /** {@code field} is the first part that left no site, {@code value} what it asked for. */
        record None(String field, String value) implements Match {}
    }

    /** Narrows the sites part by part, so that a miss names the part that did not match. */
    public Match find(Collection<Site> sites) {
        List<Site> left = List.copyOf(sites);
        if (authUrl.isPresent()) {
            left = keep(left, site -> sameUrl(site.cloud().authUrl(), authUrl.get()));
            if (left.isEmpty()) {
                return new Match.None("auth_url", authUrl.get().toString());
            }
        }
        if (regionName.isPresent()) {
            left = keep(left, site -> site.cloud().regionName().equals(regionName.get()));
            if (left.isEmpty()) {
                return new Match.None("region_name", regionName.get());
            }
        }
        if (cell.isPresent()) {
            left = keep(left, site -> site.cloud().cell().equals(cell));
            if (left.isEmpty()) {
                return new Match.None("cell", cell.get());
            }
        }
        if (left.size() == 1) {
            return new Match.One(left.getFirst());
        }
        if (left.isEmpty()) {
            return new Match.None("site", "");
        }
        return new Match.Several(left.stream().map(Site::id).sorted().toList());
    }

    private static List<Site> keep(List<Site> sites, Predicate<Site> wanted) {
        return sites.stream().filter(wanted).toList();
    }

    /** Operators write Keystone's URL with and without the last slash. */
    private static boolean sameUrl(URI one, URI other) {
        return withoutLastSlash(one).equals(withoutLastSlash(other));
    }

    private static String withoutLastSlash(URI url) {
        var text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
