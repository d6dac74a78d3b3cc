package io.isthmus.core.diagnosis;

import io.isthmus.core.diagnosis.Diagnostician.Findings;
import io.isthmus.core.diagnosis.Evidence.SiteEvidence;
import io.isthmus.core.diagnosis.GatewayReading.Bfd;
import io.isthmus.core.diagnosis.GatewayReading.Reach;
import io.isthmus.core.diagnosis.GatewayReading.Session;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The links between gateways, each as both of its ends see it. */
final class LinkRules {
    private static final double MUCH_LOSS = 0.2;
    private static final String LOOK_AT_LINK =
            "Look at the link itself, at the interfaces at both its ends, and for a filter between them.";

    private final Evidence evidence;
    private final Findings findings;
    /** Links that were spoken of, so that the second end does not say it again. */
    private final Set<String> told = new HashSet<>();

    LinkRules(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
    }

    void apply(SiteEvidence here, GatewayReading gateway) {
        int before = findings.count();
        for (var session : gateway.sessions()) {
            if (!session.evpn() && !session.established()) {
                down(here, gateway, session);
            }
        }
        for (var reach : gateway.reaches()) {
            if (reach.tunnel()) {
                tunnel(here, reach);
            } else {
                neighbour(here, gateway, reach);
            }
        }
        var neighbours =
                gateway.sessions().stream().filter(session -> !session.evpn()).count();
        if (findings.count() == before && neighbours > 0) {
            findings.healthy(
                    here.place(),
                    Layer.UNDERLAY,
                    "sessions and packets to " + neighbours + " neighbours are as they should be");
        }
    }

    private void down(SiteEvidence here, GatewayReading gateway, Session session) {
        var there = evidence.siteOf(session.remoteAsn()).map(site -> site.id());
        var link = name(here.site().id(), there, session);
        if (!told.add("down " + link)) {
            return;
        }
        var own = bfd(gateway, session.address());
        var other = there.flatMap(site -> seenFrom(site, here));
        var seen = new ArrayList<String>();
        seen.add(here.site().id() + ": BGP with " + session.address() + " is " + session.state());
        own.ifPresent(bfd -> seen.add(here.site().id() + ": " + words(bfd)));
        other.ifPresent(bfd -> seen.add(there.map(SiteId::name).orElse("") + ": " + words(bfd)));
        var hearsNothing = own.filter(bfd -> !bfd.up() && bfd.hearsNothing()).isPresent();
        var otherHearsNothing =
                other.filter(bfd -> !bfd.up() && bfd.hearsNothing()).isPresent();
        if (own.isPresent() && other.isPresent() && hearsNothing != otherHearsNothing) {
            oneWay(here, there.orElseThrow(), link, hearsNothing, seen);
            return;
        }
        add(
                here,
                there,
                hearsNothing ? "link_down" : "link_session_down",
                hearsNothing
                        ? "no packets pass between the gateways over the link " + link
                        : "the BGP session over the link " + link + " is " + session.state(),
                seen,
                LOOK_AT_LINK);
    }

    /** Told at the end that hears nothing. */
    private void oneWay(SiteEvidence here, SiteId there, String link, boolean hereIsDeaf, List<String> seen) {
        var deaf = hereIsDeaf
                ? here
                : evidence.places().stream()
                        .filter(place -> place.site().id().equals(there))
                        .findFirst()
                        .orElse(here);
        var speaker = hereIsDeaf ? there : here.site().id();
        add(
                deaf,
                Optional.of(speaker),
                "link_one_way",
                "over the link " + link + " packets from " + speaker + " do not arrive at "
                        + deaf.site().id() + "; the other direction works",
                seen,
                "Look for what drops packets in that one direction: a filter, a fault of one fibre, an interface of "
                        + speaker + " that only receives.");
    }

    private void neighbour(SiteEvidence here, GatewayReading gateway, Reach reach) {
        var session = gateway.sessions().stream()
                .filter(each -> !each.evpn() && each.address().equals(reach.address()))
                .findFirst();
        if (session.isEmpty() || !session.get().established()) {
            return;
        }
        var there = evidence.siteOf(session.get().remoteAsn()).map(site -> site.id());
        var link = name(here.site().id(), there, session.get());
        if (reach.smallerThanWanted() && told.add("mtu " + link)) {
            add(
                    here,
                    there,
                    "link_mtu_too_small",
                    "over the link " + link + " packets of " + reach.wantedMtu() + " bytes do not pass whole; "
                            + largest(reach),
                    List.of(here.site().id() + ": to " + reach.address() + " " + largest(reach) + ", the link's mtu is "
                            + reach.wantedMtu()),
                    "Raise the MTU of the interfaces at both ends and of what is between them, or lower mtu of the link"
                            + " (isthmus link set) and make the connection anew.");
        }
        var lost = reach.sent() - reach.received();
        if (reach.received() > 0 && lost > 1 && told.add("loss " + link)) {
            var text = lost + " of " + reach.sent() + " packets to " + reach.address() + " had no reply";
            var where = here.place();
            var detail = "the link " + link + " loses packets: " + text;
            var much = lost >= MUCH_LOSS * reach.sent() && isOnPath(here, there);
            findings.add(
                    much
                            ? where.error(Layer.UNDERLAY, "link_loss", detail, List.of(text), LOOK_AT_LINK)
                            : where.warning(Layer.UNDERLAY, "link_loss", detail, List.of(text), LOOK_AT_LINK));
        }
    }

    private void tunnel(SiteEvidence here, Reach reach) {
        if (reach.received() == 0) {
            findings.add(here.place()
                    .error(
                            Layer.UNDERLAY,
                            "tunnel_unreachable",
                            "the other gateway's tunnel address " + reach.address() + " does not answer",
                            List.of("0 of " + reach.sent() + " packets to " + reach.address() + " had a reply"),
                            "Look at the routes to it on this gateway (ip route get " + reach.address() + ")."));
        } else if (reach.smallerThanWanted() && told.add("tunnel mtu")) {
            findings.add(here.place()
                    .error(
                            Layer.UNDERLAY,
                            "tunnel_mtu_too_small",
                            "on the way to the other gateway packets of " + reach.wantedMtu()
                                    + " bytes do not pass whole; " + largest(reach),
                            List.of("to " + reach.address() + " " + largest(reach)),
                            "Find the link with the smaller MTU on the way and raise it, or make the connection anew with"
                                    + " a smaller mtu."));
        }
    }

    private static String largest(Reach reach) {
        return reach.mtu().isPresent()
                ? "the largest that does has " + reach.mtu().getAsInt()
                : "none of those tried does";
    }

    private void add(
            SiteEvidence here, Optional<SiteId> there, String code, String detail, List<String> seen, String remedy) {
        findings.add(
                isOnPath(here, there)
                        ? here.place().error(Layer.UNDERLAY, code, detail, seen, remedy)
                        : here.place().warning(Layer.UNDERLAY, code, detail, seen, remedy));
    }

    private boolean isOnPath(SiteEvidence here, Optional<SiteId> there) {
        return there.isEmpty() || evidence.isOnPath(here.site().id(), there.get());
    }

    private static Optional<Bfd> bfd(GatewayReading gateway, String peer) {
        return gateway.bfd().stream().filter(bfd -> bfd.peer().equals(peer)).findFirst();
    }

    /** What the gateway at the other end says of the session with us, if it was examined too. */
    private Optional<Bfd> seenFrom(SiteId there, SiteEvidence here) {
        var asn = here.site().gateway().map(gateway -> gateway.asn());
        return evidence.places().stream()
                .filter(place -> place.site().id().equals(there))
                .flatMap(place -> place.gateway().found().stream())
                .flatMap(gateway -> gateway.sessions().stream()
                        .filter(session -> !session.evpn() && asn.equals(Optional.of(session.remoteAsn())))
                        .flatMap(session -> bfd(gateway, session.address()).stream()))
                .findFirst();
    }

    private static String words(Bfd bfd) {
        return "BFD with " + bfd.peer() + " is " + bfd.status() + " (" + bfd.diagnostic() + ")";
    }

    /** Such as {@code a-b}, the same from both ends. */
    private String name(SiteId here, Optional<SiteId> there, Session session) {
        return there.map(site -> evidence.link(here, site)
                        .map(link -> link.aSite() + "-" + link.zSite())
                        .orElse(here.compareTo(site) < 0 ? here + "-" + site : site + "-" + here))
                .orElse(here + " to " + session.address());
    }
}
