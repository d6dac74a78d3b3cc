package io.isthmus.core.path;

import io.isthmus.core.link.Link;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Every path between two sites that passes no site twice, and their order: what the oracles choose from. */
final class SimplePaths {
    /** Best first: latency, cost, hops; then sites and links by name. */
    static final Comparator<Path> BEST_FIRST = Comparator.comparing(SimplePaths::weight)
            .thenComparing(path -> path.sites().toString())
            .thenComparing(
                    path -> path.links().stream().map(Link::name).toList().toString());

    private final List<Path> found = new ArrayList<>();
    private final List<SiteId> sites = new ArrayList<>();
    private final List<Link> taken = new ArrayList<>();
    private final List<Link> links;
    private final SiteId to;

    private SimplePaths(List<Link> links, SiteId to) {
        this.links = links;
        this.to = to;
    }

    static List<Path> between(SiteId from, SiteId to, List<Link> links) {
        var search = new SimplePaths(links, to);
        search.from(from);
        return search.found;
    }

    private void from(SiteId site) {
        sites.add(site);
        if (site.equals(to)) {
            found.add(new Path(sites, taken));
        } else {
            for (var link : links) {
                if (link.touches(site) && !sites.contains(link.across(site))) {
                    taken.add(link);
                    from(link.across(site));
                    taken.removeLast();
                }
            }
        }
        sites.removeLast();
    }

    static Weight weight(Path path) {
        return path.links().stream().map(Weight::of).reduce(Weight.ZERO, Weight::plus);
    }
}
