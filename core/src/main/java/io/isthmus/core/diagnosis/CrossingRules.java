package io.isthmus.core.diagnosis;

import io.isthmus.core.diagnosis.Diagnostician.Findings;
import io.isthmus.core.diagnosis.Evidence.SiteEvidence;
import java.util.List;

/**
 * What probes say. Where they vanish, the counters of the tunnel devices tell on which stretch:
 *
 * <pre>
 *   probe port ─ switch ─ hand-off ─ bridge ─ tunnel ~~~~ underlay ~~~~ tunnel ─ bridge ─ hand-off ─ switch ─ probe port
 *        sent                               entered                    emerged                               heard
 * </pre>
 */
final class CrossingRules {
    private final Evidence evidence;
    private final Findings findings;

    CrossingRules(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
    }

    void apply() {
        for (var crossing : evidence.crossings()) {
            var sender = evidence.at(crossing.from());
            var receiver = evidence.at(crossing.from().other());
            if (sender.isPresent() && receiver.isPresent()) {
                look(crossing, sender.get(), receiver.get());
            }
        }
        if (evidence.crossings().isEmpty()) {
            evidence.places().stream()
                    .filter(place -> place.side().isPresent())
                    .forEach(place ->
                            findings.unchecked(place.place(), Layer.PROBE, "probes could not be sent from both sides"));
        }
    }

    private void look(Crossing crossing, SiteEvidence sender, SiteEvidence receiver) {
        int before = findings.count();
        if (crossing.isDead()) {
            dead(crossing, sender, receiver);
        } else if (crossing.loss() > 0 && crossing.received() > 0) {
            findings.add(sender.place()
                    .warning(
                            Layer.PROBE,
                            "probe_loss",
                            "probes to the other side are lost: " + counts(crossing),
                            List.of(counts(crossing)),
                            "Measure again (isthmus verify); if it lasts, look at the links of the path."));
        }
        var wanted = sender.intent().map(intent -> intent.mtu()).orElse(0);
        if (crossing.received() > 0 && crossing.mtu().orElse(wanted) < wanted) {
            findings.add(sender.place()
                    .error(
                            Layer.PROBE,
                            "probe_mtu_too_small",
                            "packets of " + wanted + " bytes do not pass whole to the other side; the largest that does"
                                    + " has " + crossing.mtu().orElse(0),
                            List.of("largest probe that passed: "
                                    + crossing.mtu().orElse(0) + " bytes, wanted " + wanted),
                            "Find the link with the smaller MTU, or make the connection anew with a smaller mtu."));
        }
        if (findings.count() == before && crossing.received() > 0) {
            findings.healthy(
                    sender.place(),
                    Layer.PROBE,
                    "probes reach " + receiver.site().id() + ": " + counts(crossing)
                            + (crossing.mtu().isPresent()
                                    ? ", MTU " + crossing.mtu().getAsInt()
                                    : ""));
        }
    }

    private void dead(Crossing crossing, SiteEvidence sender, SiteEvidence receiver) {
        var from = sender.site().id();
        var to = receiver.site().id();
        var half = crossing.sent() / 2;
        var seen = List.of(
                from + ": " + crossing.sent() + " probes sent, " + crossing.entered() + " packets into the tunnel",
                to + ": " + crossing.emerged() + " packets out of the tunnel, " + crossing.heard()
                        + " probes received");
        if (crossing.entered() < half) {
            findings.add(sender.place()
                    .error(
                            Layer.HANDOFF,
                            "probes_lost_before_tunnel",
                            "probes from " + from + " do not get into the tunnel",
                            seen,
                            "Look at the way from the site's switch over the hand-off to the bridge on the gateway."));
        } else if (crossing.emerged() < half) {
            findings.add(receiver.place()
                    .error(
                            Layer.UNDERLAY,
                            "tunnel_one_way",
                            "tunnel packets from " + from + " do not arrive at " + to,
                            seen,
                            "Look for what drops UDP port 4789 from " + from + " to " + to
                                    + ": a filter on a gateway or between them, or a wrong route."));
        } else {
            findings.add(receiver.place()
                    .error(
                            Layer.HANDOFF,
                            "probes_lost_after_tunnel",
                            "probes from " + from + " come out of the tunnel at " + to + " and get no further",
                            seen,
                            "Look at the way from the bridge on the gateway over the hand-off to the site's switch."));
        }
    }

    private static String counts(Crossing crossing) {
        return crossing.sent() + " sent, " + crossing.heard() + " arrived, " + crossing.received() + " replies";
    }
}
