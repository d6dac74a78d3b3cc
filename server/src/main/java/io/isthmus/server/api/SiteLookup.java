package io.isthmus.server.api;

import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.core.site.SiteSelector;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stored;
import io.isthmus.store.site.SiteStore;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Finds the site that a request names: by id, by a name that one site has, or by parts of its cloud. */
final class SiteLookup {
    private final SiteStore sites;

    SiteLookup(SiteStore sites) {
        this.sites = sites;
    }

    /** The site that a field names. */
    Site find(Fields fields, String field) {
        var node = fields.require(field);
        if (node.isObject()) {
            return bySelector(fields.object(field));
        }
        return byText(fields.text(field), fields.pointer(field));
    }

    /** The id, if there is such a site. */
    SiteId known(SiteId id, String pointer) {
        return sites.find(id)
                .map(stored -> stored.value().id())
                .orElseThrow(() -> new Problem.NotFound(ProblemCode.SITE_NOT_FOUND, pointer, "there is no site " + id));
    }

    /** A site that something stored names. */
    Site stored(SiteId id) {
        return sites.find(id).orElseThrow().value();
    }

    private Site byText(String text, String pointer) {
        var byId = asId(text).flatMap(sites::find);
        if (byId.isPresent()) {
            return byId.get().value();
        }
        var byName = sites.list(ListQuery.ALL.with("name", text));
        if (byName.size() > 1) {
            throw several(
                    pointer, byName.stream().map(site -> site.value().id()).toList());
        }
        return byName.stream()
                .map(Stored::value)
                .findFirst()
                .orElseThrow(() -> new Problem.NotFound(
                        ProblemCode.SITE_NOT_FOUND, pointer, "no site has the id or name " + text));
    }

    private Site bySelector(Fields fields) {
        var selector = fields.make(() -> new SiteSelector(
                fields.findValue("auth_url", URI::create), fields.findText("region_name"), fields.findText("cell")));
        fields.end();
        var all = sites.list(ListQuery.ALL).stream().map(Stored::value).toList();
        return switch (selector.find(all)) {
            case SiteSelector.Match.One(var site) -> site;
            case SiteSelector.Match.Several(var candidates) -> throw several(fields.pointer(), candidates);
            case SiteSelector.Match.None(var part, var value) ->
                throw new Problem.NotFound(
                        ProblemCode.SITE_NOT_FOUND,
                        part.equals("site") ? fields.pointer() : fields.pointer(part),
                        "no site's cloud has the %s %s".formatted(part, value));
        };
    }

    private static Problem several(String pointer, List<SiteId> candidates) {
        return new Problem.Conflict(
                ProblemCode.AMBIGUOUS_SITE,
                pointer,
                "several sites match: " + candidates,
                candidates.stream().map(SiteId::name).toList());
    }

    static Optional<SiteId> asId(String text) {
        try {
            return Optional.of(new SiteId(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
