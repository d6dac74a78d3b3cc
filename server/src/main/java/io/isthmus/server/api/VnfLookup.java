package io.isthmus.server.api;

import io.isthmus.core.backup.RunningVnf;
import io.isthmus.core.site.Site;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the one VNF that a request names by its server's id or name. Another project's server is none. */
final class VnfLookup {
    private final SiteLookup sites;
    private final VnfPort clouds;

    VnfLookup(SiteLookup sites, VnfPort clouds) {
        this.sites = sites;
        this.clouds = clouds;
    }

    /** A VNF and where it runs. */
    record Located(RunningVnf vnf, Site site) {}

    /** @param fields with {@code server} and maybe {@code site} */
    Located find(Fields fields) {
        var server = fields.text("server");
        if (server.isBlank()) {
            throw fields.invalid("server", "a server is named by its id or its name");
        }
        var named = fields.has("site") ? Optional.of(sites.find(fields, "site")) : Optional.<Site>empty();
        var search = clouds.find(named.map(List::of).orElseGet(sites::all), server);
        var caller = RequestScope.currentCaller();
        var visible = search.found().stream()
                .filter(each -> caller.isAdmin() || caller.sees(each.vnf().projectId()))
                .toList();
        if (visible.size() > 1) {
            throw ambiguous(fields, server, visible);
        }
        if (visible.isEmpty()) {
            throw missing(fields, server, named, search.unasked());
        }
        var found = visible.getFirst();
        if (!found.vnf().id().equalsIgnoreCase(server)) {
            var silent =
                    search.unasked().stream().filter(each -> !each.hasNoNova()).findFirst();
            if (silent.isPresent()) {
                throw unavailable(silent.get());
            }
        }
        if (found.sites().size() > 1) {
            throw new Problem.Conflict(
                    ProblemCode.AMBIGUOUS_SITE,
                    fields.pointer("site"),
                    "their common Nova does not tell at which of these sites the server is; name it: " + names(found),
                    found.sites().stream().map(site -> site.id().name()).toList());
        }
        return new Located(found.vnf(), found.sites().getFirst());
    }

    private static Problem ambiguous(Fields fields, String server, List<VnfPort.Found> visible) {
        var shown = visible.stream().limit(10).toList();
        return new Problem.Conflict(
                ProblemCode.SERVER_AMBIGUOUS,
                fields.pointer("server"),
                "%d servers have the name %s: %s; name the id"
                        .formatted(
                                visible.size(),
                                server,
                                shown.stream()
                                        .map(each -> each.vnf().id() + " at " + names(each))
                                        .collect(Collectors.joining(", "))),
                shown.stream().map(each -> each.vnf().id()).toList());
    }

    private static Problem missing(Fields fields, String server, Optional<Site> named, List<VnfPort.Unasked> unasked) {
        var silent = unasked.stream().filter(each -> !each.hasNoNova()).findFirst();
        if (silent.isPresent()) {
            return unavailable(silent.get());
        }
        if (named.isPresent() && !unasked.isEmpty()) {
            var none = unasked.getFirst();
            return new Problem.Impossible(
                    ProblemCode.COMPUTE_MISSING,
                    fields.pointer("site"),
                    "site %s: %s".formatted(none.site(), none.detail()),
                    "name the site alone, and say what the VNF needs (resources)");
        }
        return new Problem.NotFound(
                ProblemCode.SERVER_NOT_FOUND,
                fields.pointer("server"),
                "no server with the id or name %s is %s"
                        .formatted(
                                server,
                                named.map(site -> "at site " + site.id()).orElse("at any site whose cloud has a Nova")),
                List.of());
    }

    private static Problem unavailable(VnfPort.Unasked silent) {
        return new Problem.Unavailable(
                ProblemCode.SITE_UNAVAILABLE,
                "site %s could not be asked for the server: %s (%s)"
                        .formatted(silent.site(), silent.detail(), silent.code()),
                silent.hint());
    }

    private static String names(VnfPort.Found found) {
        return found.sites().stream().map(site -> site.id().name()).collect(Collectors.joining(", "));
    }
}
