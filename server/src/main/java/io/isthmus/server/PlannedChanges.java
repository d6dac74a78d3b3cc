package io.isthmus.server;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.connection.SideIntents;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.server.api.Plan;
import io.isthmus.server.engine.PartPlan;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The changes at both sides, for people. */
final class PlannedChanges {
    private static final String SILENT = "it does not answer now";

    private PlannedChanges() {}

    static List<Plan.Change> read(ConnectionFacts facts, List<PartPlan> parts) {
        return read(parts, role -> facts.side(role).site());
    }

    /** What the drivers of both sides would do now; a part that could not be read says why. */
    static List<Plan.Change> read(List<PartPlan> parts, Function<SideRole, SiteId> sites) {
        var changes = new ArrayList<Plan.Change>();
        for (var part : parts) {
            var site = sites.apply(part.role());
            var word = part.part().name().toLowerCase(Locale.ROOT);
            switch (part.read().orElse(null)) {
                case null -> changes.add(new Plan.Change(site, "unread " + word, SILENT));
                case Outcome.Done<Observed>(var observed) ->
                    observed.steps().forEach(step -> changes.add(new Plan.Change(site, step.name(), words(step))));
                case Outcome.Refused<Observed>(var failure) -> changes.add(unread(site, " " + word, failure));
                case Outcome.Unreachable<Observed>(var failure) -> changes.add(unread(site, " " + word, failure));
                case Outcome.Unknown<Observed>(var failure) -> changes.add(unread(site, " " + word, failure));
            }
        }
        return changes;
    }

    static Plan.Change unread(SiteId site) {
        return new Plan.Change(site, "unread site", SILENT);
    }

    static Plan.Change unread(SiteId site, String part, Failure failure) {
        return new Plan.Change(site, "unread" + part, "%s (%s)".formatted(failure.detail(), failure.code()));
    }

    private static String words(Step step) {
        var fields = step.changes().stream()
                .map(change -> change.observed().isEmpty()
                        ? change.field() + " " + change.wanted()
                        : "%s %s, now %s".formatted(change.field(), change.wanted(), change.observed()))
                .collect(Collectors.joining(", "));
        return fields.isEmpty() ? step.identity() : step.identity() + ": " + fields;
    }

    /** What a reservation asks of both sides, in words: said where they cannot be read now. */
    static List<Plan.Change> described(
            Connection connection, Reservation reservation, SideIntents.End local, SideIntents.End remote) {
        var changes = new ArrayList<Plan.Change>();
        for (var role : SideRole.values()) {
            var site = role == SideRole.LOCAL ? local.site() : remote.site();
            var intents = SideIntents.of(connection, reservation, role, local, remote);
            network(site, intents.network(), changes);
            var gateway = intents.gateway();
            changes.add(change(
                    site,
                    "program gateway",
                    "%s: hand-off, bridge and VXLAN with VNI %d to %s, route target %s, probe port %s"
                            .formatted(
                                    gateway.gateway().name(),
                                    gateway.vni(),
                                    gateway.remoteTunnelAddress(),
                                    gateway.routeTarget(),
                                    gateway.probeAddress())));
            gateway.translator()
                    .ifPresent(translator -> changes.add(change(
                            site,
                            "create translator",
                            "%s at %s, translates %s"
                                    .formatted(
                                            gateway.gateway().name(),
                                            translator.address(),
                                            translator.translations().stream()
                                                    .map(each -> each.prefix() + " to " + each.translatedPrefix())
                                                    .toList()))));
        }
        return changes;
    }

    private static void network(Site site, NetworkIntent intent, List<Plan.Change> changes) {
        switch (intent) {
            case NetworkIntent.ProviderNetwork network -> {
                changes.add(change(
                        site,
                        "create network",
                        "%s: VLAN %d on %s, MTU %d"
                                .formatted(
                                        network.name(),
                                        network.vlan(),
                                        network.cloud().physicalNetwork(),
                                        network.mtu())));
                changes.add(change(
                        site, "create subnet", "%s, gives out %s".formatted(network.cidr(), network.allocationPool())));
            }
            case NetworkIntent.ExistingNetwork _ -> {}
            case NetworkIntent.ExternalSubnet subnet ->
                changes.add(change(
                        site,
                        "create subnet",
                        "%s on external network %s, gives out %s"
                                .formatted(subnet.cidr(), subnet.networkId(), subnet.allocationPool())));
            case NetworkIntent.RoutedTransit routed -> {
                network(site, routed.transit(), changes);
                changes.add(change(
                        site,
                        "create router interface",
                        "of router %s, at %s".formatted(routed.routerId(), routed.address())));
                changes.add(change(
                        site,
                        "create extra routes",
                        "on router %s: %s via %s"
                                .formatted(routed.routerId(), routed.destinations(), routed.nextHop())));
            }
        }
    }

    private static Plan.Change change(Site site, String step, String detail) {
        return new Plan.Change(site.id(), step, detail);
    }
}
