package io.isthmus.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.side.Drift;
import io.isthmus.core.side.DriftAction;
import io.isthmus.core.side.DriftFinder;
import io.isthmus.core.side.DriftPolicy;
import io.isthmus.core.side.Part;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SideAuditTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Observed.Foreign PORT_OF_VLAN = new Observed.Foreign("handoff", "tap7", "vlan", "2000");

    @Test
    void aPortOfTheVlanIsForeignOnlyWhereTheVlanIsTheConnectionsOwn() {
        var observed = new Observed(List.of(), new TreeMap<>(), List.of(PORT_OF_VLAN));
        assertThat(audit(true).drift(List.of(), Part.GATEWAY, observed, NOON))
                .extracting(Drift::identity, Drift::action)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("tap7", DriftAction.LEFT_ALONE));
        assertThat(audit(false).drift(List.of(), Part.GATEWAY, observed, NOON)).isEmpty();
    }

    /** What was to be made anew stays missing: nobody may read that it was repaired. */
    @Test
    void aNetworkThatHasTakenTheVlanIsLeftAlone() {
        var missing = new Observed(
                List.of(new Step(Step.Action.CREATE, "network", "isthmus-b-d", List.of())), new TreeMap<>());
        var known = audit(true).drift(List.of(), Part.NETWORK, missing, NOON);
        assertThat(known).extracting(Drift::action).containsExactly(DriftAction.REPAIRING);
        var taken = new Failure("vlan_in_use", "VLAN 2000 is used by network mine", "");
        var told = audit(true).drift(known, Part.NETWORK, taken, NOON);
        assertThat(told)
                .extracting(Drift::field, Drift::action)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("vlan_in_use", DriftAction.LEFT_ALONE));
        assertThat(audit(true).drift(told, Part.NETWORK, taken, NOON.plusSeconds(60)))
                .isEqualTo(told);
    }

    private static SideAudit audit(boolean ownVlan) {
        return new SideAudit(new DriftFinder(DriftPolicy.REPAIR, Optional.empty()), ownVlan);
    }
}
