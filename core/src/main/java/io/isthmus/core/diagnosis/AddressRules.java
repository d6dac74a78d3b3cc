package io.isthmus.core.diagnosis;

import io.isthmus.core.diagnosis.CloudReading.Port;
import io.isthmus.core.diagnosis.Diagnostician.Findings;
import io.isthmus.core.side.SideRole;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Addresses that both sides gave out: in one joined network each may exist once, and no Neutron alone can see it. */
final class AddressRules {
    private final Evidence evidence;
    private final Findings findings;

    AddressRules(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
    }

    void apply() {
        var local = ports(SideRole.LOCAL);
        var remote = ports(SideRole.REMOTE);
        for (var here : local) {
            for (var there : remote) {
                var shared = new HashSet<>(here.addresses());
                shared.retainAll(there.addresses());
                for (var address : shared) {
                    tell(here, there, "duplicate_ip", "IP address " + address);
                }
                if (here.mac().toLowerCase(Locale.ROOT).equals(there.mac().toLowerCase(Locale.ROOT))
                        && !here.mac().isEmpty()) {
                    tell(here, there, "duplicate_mac", "MAC address " + here.mac());
                }
            }
        }
    }

    private List<Port> ports(SideRole role) {
        return evidence.at(role)
                .flatMap(place -> place.cloud())
                .flatMap(cloud -> cloud.network().found())
                .map(network -> network.ports())
                .orElse(List.of());
    }

    /** Told at the side that came later. */
    private void tell(Port local, Port remote, String code, String what) {
        var localIsLater = local.createdAt().isAfter(remote.createdAt());
        var later = localIsLater ? local : remote;
        var place = evidence.at(localIsLater ? SideRole.LOCAL : SideRole.REMOTE)
                .orElseThrow()
                .place();
        findings.add(
                place.error(
                        Layer.PORTS,
                        code,
                        what + " exists at both sides; the later one is port " + later.title(),
                        List.of(
                                "local: port " + local.title() + ", created " + local.createdAt(),
                                "remote: port " + remote.title() + ", created " + remote.createdAt()),
                        "Give one of the two another address; addresses out of each side's own allocation pool never collide."));
    }
}
