package io.isthmus.core.diagnosis;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the best explanation first: errors from the lowest layer up, warnings, and last what follows from an error. */
final class Ranking {
    /** Findings that say what an error of another kind brings about, with the layers on which that error can be. */
    private static final Map<String, Set<Layer>> FOLLOWS = Map.ofEntries(
            Map.entry("link_down", EnumSet.of(Layer.DAEMONS)),
            Map.entry("link_session_down", EnumSet.of(Layer.DAEMONS)),
            Map.entry("link_one_way", EnumSet.of(Layer.DAEMONS)),
            Map.entry("tunnel_unreachable", EnumSet.of(Layer.DAEMONS, Layer.UNDERLAY)),
            Map.entry("tunnel_mtu_too_small", EnumSet.of(Layer.UNDERLAY)),
            Map.entry(
                    "tunnel_one_way",
                    EnumSet.of(Layer.DAEMONS, Layer.UNDERLAY, Layer.OVERLAY, Layer.TUNNEL, Layer.HANDOFF)),
            Map.entry("evpn_session_down", EnumSet.of(Layer.DAEMONS, Layer.UNDERLAY)),
            Map.entry("remote_vtep_missing", EnumSet.of(Layer.DAEMONS, Layer.UNDERLAY, Layer.OVERLAY, Layer.TUNNEL)),
            Map.entry("probes_lost_before_tunnel", EnumSet.range(Layer.DAEMONS, Layer.HANDOFF)),
            Map.entry("probes_lost_after_tunnel", EnumSet.range(Layer.DAEMONS, Layer.HANDOFF)),
            Map.entry("probe_mtu_too_small", EnumSet.range(Layer.DAEMONS, Layer.HANDOFF)),
            Map.entry("probe_loss", EnumSet.range(Layer.DAEMONS, Layer.HANDOFF)),
            Map.entry("port_down", EnumSet.of(Layer.CLOUD)));

    private Ranking() {}

    static List<Finding> ranked(List<Finding> found) {
        return found.stream()
                .map(finding -> isExplained(finding, found) ? finding.as(Severity.SYMPTOM) : finding)
                .sorted(Comparator.comparing(Finding::severity).thenComparing(Finding::layer))
                .toList();
    }

    private static boolean isExplained(Finding finding, List<Finding> found) {
        var layers = FOLLOWS.get(finding.code());
        return layers != null && found.stream().anyMatch(cause -> explains(cause, layers, finding));
    }

    /** What itself follows from a third does not explain; nor do two that would explain each other. */
    private static boolean explains(Finding cause, Set<Layer> layers, Finding effect) {
        if (cause.equals(effect) || cause.severity() != Severity.ERROR || !layers.contains(cause.layer())) {
            return false;
        }
        var others = FOLLOWS.get(cause.code());
        return others == null
                || (!others.contains(effect.layer()) && !cause.code().equals(effect.code()));
    }
}
