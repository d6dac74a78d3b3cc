package io.isthmus.server.diagnosis;

import io.isthmus.core.network.Cidr;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.Site;
import java.util.List;
import java.util.Optional;

/**
 * A site that is examined.
 *
 * @param side which end of the connection; empty for a transit site, or one that is examined by itself
 * @param intent what its gateway should have for the connection
 * @param network what its cloud should have for it
 * @param prefixes of the joined networks
 * @param examinesCloud whether its cloud matters; that of a transit site does not
 * @param why why there is no intent, where there is none
 */
record Subject(
        Site site,
        Optional<SideRole> side,
        Optional<GatewayIntent> intent,
        Optional<NetworkIntent> network,
        List<Cidr> prefixes,
        boolean examinesCloud,
        String why) {
    Subject {
        prefixes = List.copyOf(prefixes);
    }

    static Subject transit(Site site) {
        return new Subject(
                site, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), false, "only transit");
    }

    static Subject alone(Site site, Optional<SideRole> side, String why) {
        return new Subject(site, side, Optional.empty(), Optional.empty(), List.of(), true, why);
    }
}
