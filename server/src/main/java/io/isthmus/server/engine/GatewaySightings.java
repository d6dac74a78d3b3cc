package io.isthmus.server.engine;

import io.isthmus.core.site.Gateway;
import io.isthmus.southbound.GatewayDriver;
import io.isthmus.southbound.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** When each gateway was last seen well, and the VNIs that it carried then. Soft: after a restart nothing was seen. */
public final class GatewaySightings {
    private final InstantSource clock;
    private final Map<Gateway, Sighting> last = new ConcurrentHashMap<>();

    private record Sighting(Instant at, Set<Integer> vnis) {}

    public GatewaySightings(InstantSource clock) {
        this.clock = clock;
    }

    /** Looks now, and remembers; one that is not well is forgotten. */
    public Outcome<Set<Integer>> look(GatewayDriver driver, Gateway gateway) throws InterruptedException {
        var outcome = driver.usedVnis(gateway);
        if (outcome instanceof Outcome.Done<Set<Integer>>(var vnis)) {
            last.put(gateway, new Sighting(clock.instant(), Set.copyOf(vnis)));
        } else {
            last.remove(gateway);
        }
        return outcome;
    }

    /** Something did not work with it: it is to be looked at again before it is relied on. */
    void doubt(Gateway gateway) {
        last.remove(gateway);
    }

    /** Forgets all gateways but these: what is no longer described, or is described differently now. */
    public void keepOnly(Set<Gateway> gateways) {
        last.keySet().retainAll(gateways);
    }

    Optional<Set<Integer>> within(Duration age, Gateway gateway) {
        return Optional.ofNullable(last.get(gateway))
                .filter(sighting -> sighting.at().plus(age).isAfter(clock.instant()))
                .map(Sighting::vnis);
    }
}
