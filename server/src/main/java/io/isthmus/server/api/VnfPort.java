package io.isthmus.server.api;

import io.isthmus.core.backup.Readiness;
import io.isthmus.core.backup.RunningVnf;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.List;
import java.util.Map;

/** What the API asks of clouds about a VNF that is named by its server. Each call takes its time, but a limited one. */
public interface VnfPort {
    /** No cloud is asked: there is none. */
    VnfPort NONE = new VnfPort() {
        @Override
        public Search find(List<Site> where, String idOrName) {
            return new Search(List.of(), List.of());
        }

        @Override
        public Map<SiteId, Readiness> readiness(Site active, RunningVnf vnf, List<Site> candidates) {
            return Map.of();
        }
    };

    /** Looks for servers with that id or name, whoever's, in the clouds of these sites. */
    Search find(List<Site> where, String idOrName);

    /** Asks the candidates' clouds for what a spare of the VNF would be built from. All of them are in the answer. */
    Map<SiteId, Readiness> readiness(Site active, RunningVnf vnf, List<Site> candidates);

    /**
     * What came of looking.
     *
     * @param unasked clouds that did not answer, or have no Nova
     */
    record Search(List<Found> found, List<Unasked> unasked) {
        public Search {
            found = List.copyOf(found);
            unasked = List.copyOf(unasked);
        }
    }

    /**
     * A server.
     *
     * @param sites of those that were named, all whose cloud it may be; several where they are cells of one region
     */
    record Found(RunningVnf vnf, List<Site> sites) {
        public Found {
            sites = List.copyOf(sites);
        }
    }

    /** A cloud that did not tell; {@code code} is the driver's. */
    record Unasked(SiteId site, String code, String detail, String hint) {
        boolean hasNoNova() {
            return code.equals("compute_missing");
        }
    }
}
