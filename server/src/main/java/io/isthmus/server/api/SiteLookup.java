package io.isthmus.server.api;

import io.isthmus.core.site.SimilarSites;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.core.site.SiteSelector;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stored;
import io.isthmus.store.site.SiteStore;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Finds the site that a request names, wherever that is: by id, by a name that one site has, or by parts of its cloud, as an
 * object or as text.
 */
final class SiteLookup {
    private static final int MOST_SHOWN = 10;

    private final SiteStore sites;

    SiteLookup(SiteStore sites) {
        this.sites = sites;
    }

    /** The site that a field names. */
    Site find(Fields fields, String field) {
        return at(fields.require(field), fields.pointer(field));
    }

    /** The sites that a list names, in its order; none if it is absent. */
    List<SiteId> findAll(Fields fields, String field) {
        return fields.items(field, (node, place) -> at(node, place).id());
    }

    /**
     * A filter by site, with what it names replaced by its id. An id or name that no site has stays as it is: then the list is
     * empty, as with every filter that nothing meets. A selector must find its site.
     */
    ListQuery inFilter(ListQuery query, String field) {
        var text = query.equal().get(field);
        if (text == null) {
            return query;
        }
        var site = SiteSelector.isSelector(text) ? Optional.of(byText(text, "")) : named(text, "");
        return site.map(found -> query.with(field, found.id().name())).orElse(query);
    }

    /** A site that something stored names. */
    Site stored(SiteId id) {
        return sites.find(id).orElseThrow().value();
    }

    private Site at(JsonNode node, String pointer) {
        return node.isObject() ? bySelector(Fields.of(node, pointer)) : byText(Fields.text(node, pointer), pointer);
    }

    private Site byText(String text, String pointer) {
        var named = named(text, pointer);
        if (named.isPresent()) {
            return named.get();
        }
        if (SiteSelector.isSelector(text)) {
            return found(parsed(text, pointer), pointer, part -> pointer);
        }
        var similar = SimilarSites.to(text, all());
        throw new Problem.NotFound(
                ProblemCode.SITE_NOT_FOUND,
                pointer,
                "no site has the id or name " + text + (similar.isEmpty() ? "" : "; similar: " + joined(similar)),
                names(similar));
    }

    /** By id, else by a name. */
    private Optional<Site> named(String text, String pointer) {
        var byId = asId(text).flatMap(sites::find);
        if (byId.isPresent()) {
            return byId.map(Stored::value);
        }
        var byName = sites.list(ListQuery.ALL.with("name", text));
        if (byName.size() > 1) {
            throw several(
                    pointer, byName.stream().map(site -> site.value().id()).toList());
        }
        return byName.stream().map(Stored::value).findFirst();
    }

    private Site bySelector(Fields fields) {
        var selector = fields.make(() -> new SiteSelector(
                fields.findValue("auth_url", URI::create), fields.findText("region_name"), fields.findText("cell")));
        fields.end();
        return found(selector, fields.pointer(), fields::pointer);
    }

    /** Where a part of the selector is in the request. */
    private interface PlaceOfPart {
        String of(String part);
    }

    private Site found(SiteSelector selector, String pointer, PlaceOfPart place) {
        return switch (selector.find(all())) {
            case SiteSelector.Match.One(var site) -> site;
            case SiteSelector.Match.Several(var candidates) -> throw several(pointer, candidates);
            case SiteSelector.Match.None(var part, var value, var present, var candidates) ->
                throw new Problem.NotFound(
                        ProblemCode.SITE_NOT_FOUND,
                        place.of(part),
                        "no site's cloud has the %s %s%s".formatted(part, value, instead(part, present)),
                        names(candidates));
        };
    }

    private static String instead(String part, List<String> present) {
        return present.isEmpty() ? "; none there has a " + part : "; there is " + joined(present);
    }

    private static Problem several(String pointer, List<SiteId> candidates) {
        return new Problem.Conflict(
                ProblemCode.AMBIGUOUS_SITE, pointer, "several sites match: " + joined(candidates), names(candidates));
    }

    private static SiteSelector parsed(String text, String pointer) {
        try {
            return SiteSelector.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new Problem.Invalid(ProblemCode.INVALID_VALUE, pointer, String.valueOf(malformed.getMessage()));
        }
    }

    List<Site> all() {
        return sites.list(ListQuery.ALL).stream().map(Stored::value).toList();
    }

    private static List<String> names(List<SiteId> ids) {
        return ids.stream().limit(MOST_SHOWN).map(SiteId::name).toList();
    }

    private static String joined(List<?> values) {
        var shown = values.stream().limit(MOST_SHOWN).map(String::valueOf).toList();
        return String.join(", ", shown)
                + (values.size() > MOST_SHOWN ? " and " + (values.size() - MOST_SHOWN) + " more" : "");
    }

    static Optional<SiteId> asId(String text) {
        try {
            return Optional.of(new SiteId(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
