package io.isthmus.core.diagnosis;

import io.isthmus.core.diagnosis.Diagnostician.Findings;
import io.isthmus.core.diagnosis.GatewayReading.Daemon;
import java.time.Duration;
import java.util.List;

/** The routing daemons and the clock of one gateway. */
final class DaemonRules {
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

    private final Place place;
    private final Findings findings;

    DaemonRules(Place place, Findings findings) {
        this.place = place;
        this.findings = findings;
    }

    void apply(GatewayReading gateway) {
        int before = findings.count();
        for (var daemon : gateway.daemons()) {
            if (isNeeded(daemon, gateway)) {
                look(daemon);
            }
        }
        if (gateway.clockAhead().abs().compareTo(CLOCKS_DIFFER) > 0) {
            findings.add(place.warning(
                    Layer.DAEMONS,
                    "gateway_clock_skew",
                    "the gateway's clock is " + Clocks.text(gateway.clockAhead()),
                    List.of("its clock is " + Clocks.text(gateway.clockAhead())),
                    "Have the gateway and this node follow the same time servers (NTP)."));
        }
        if (findings.count() == before) {
            findings.healthy(
                    place, Layer.DAEMONS, "FRR's daemons run, and the gateway's clock agrees with this node's");
        }
    }

    /** Where BFD is not configured, its daemon need not run. */
    private static boolean isNeeded(Daemon daemon, GatewayReading gateway) {
        return !daemon.name().equals("bfdd") || gateway.bfdWanted();
    }

    private void look(Daemon daemon) {
        switch (daemon.state()) {
            case RUNNING -> {}
            case STOPPED ->
                findings.add(place.error(
                        Layer.DAEMONS,
                        daemon.name() + "_stopped",
                        "FRR's " + daemon.name() + " does not run on the gateway",
                        List.of(daemon.name() + " does not answer at its socket"),
                        "Start FRR on the gateway (systemctl restart frr) and look into its log for why "
                                + daemon.name() + " ended."));
            case FROZEN ->
                findings.add(place.error(
                        Layer.DAEMONS,
                        daemon.name() + "_frozen",
                        "FRR's " + daemon.name() + " takes questions on the gateway and does not answer",
                        List.of(daemon.name() + " gave no answer in time"),
                        "Look at the gateway's load; if it does not recover, restart FRR (systemctl restart frr)."));
        }
    }
}
