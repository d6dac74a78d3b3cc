package io.isthmus.server.diagnosis;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.Service;
import io.isthmus.core.connection.SideIntents;
import io.isthmus.core.diagnosis.Diagnosis;
import io.isthmus.core.diagnosis.Diagnostician;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.server.api.DiagnosisPort;
import io.isthmus.server.engine.Drivers;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stored;
import io.isthmus.store.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Examines connections and sites of this node, and says what is wrong with them. */
public final class NodeDiagnosis implements DiagnosisPort {
    private final Stores stores;
    private final Examiners examiners;
    private final Drivers drivers;

    public NodeDiagnosis(Stores stores, Examiners examiners, Drivers drivers) {
        this.stores = stores;
        this.examiners = examiners;
        this.drivers = drivers;
    }

    @Override
    public Diagnosis connection(ConnectionFacts facts) throws InterruptedException {
        var local = end(facts.desired().localEndpoint());
        var remote = end(facts.desired().remoteEndpoint());
        var path = facts.reservation().map(reservation -> reservation.sites()).orElse(List.of());
        var subjects = new ArrayList<Subject>();
        subjects.add(subject(facts, SideRole.LOCAL, local, remote));
        subjects.add(subject(facts, SideRole.REMOTE, local, remote));
        path.stream()
                .filter(site -> !site.equals(local.site().id())
                        && !site.equals(remote.site().id()))
                .flatMap(site -> site(site).stream())
                .map(Subject::transit)
                .forEach(subjects::add);
        return Diagnostician.diagnose(examination().examine(subjects, path));
    }

    @Override
    public Diagnosis site(Site site) throws InterruptedException {
        return Diagnostician.diagnose(examination()
                .examine(List.of(Subject.alone(site, Optional.empty(), "no connection is examined")), List.of()));
    }

    @Override
    public Benchmark benchmark(ConnectionFacts facts, Duration time, int mbps) throws InterruptedException {
        var local = end(facts.desired().localEndpoint());
        var remote = end(facts.desired().remoteEndpoint());
        var reservation = facts.reservation().orElseThrow();
        return new Benchmarking(examiners)
                .run(
                        SideIntents.of(facts.desired(), reservation, SideRole.LOCAL, local, remote)
                                .gateway(),
                        SideIntents.of(facts.desired(), reservation, SideRole.REMOTE, local, remote)
                                .gateway(),
                        time,
                        mbps);
    }

    private Examination examination() {
        return new Examination(
                examiners,
                new Crossings(examiners, drivers),
                stores.sites().list(ListQuery.ALL).stream().map(Stored::value).toList(),
                stores.links().list(ListQuery.ALL).stream().map(Stored::value).toList());
    }

    /** What a side should have is only known of a connection that shall be there and has its numbers. */
    private static Subject subject(
            ConnectionFacts facts, SideRole role, SideIntents.End local, SideIntents.End remote) {
        var site = role == SideRole.LOCAL ? local.site() : remote.site();
        var side = Optional.of(role);
        if (facts.goal() != ConnectionGoal.PRESENT) {
            return Subject.alone(site, side, "the connection shall not be there");
        }
        if (facts.reservation().isEmpty()) {
            return Subject.alone(site, side, "the connection has no reservation yet");
        }
        if (facts.desired().service() != Service.L2) {
            return Subject.alone(site, side, "what a routed connection has on a gateway is not examined yet");
        }
        var intents = SideIntents.of(facts.desired(), facts.reservation().get(), role, local, remote);
        return new Subject(
                site,
                side,
                Optional.of(intents.gateway()),
                Optional.of(intents.network()),
                Stream.of(local, remote)
                        .flatMap(NodeDiagnosis::prefix)
                        .distinct()
                        .toList(),
                true,
                "");
    }

    private static Stream<Cidr> prefix(SideIntents.End end) {
        return end.endpoint().network() instanceof EndpointNetwork.Create create
                ? Stream.of(create.cidr())
                : Stream.empty();
    }

    private SideIntents.End end(UUID id) {
        var endpoint = stores.endpoints()
                .find(id)
                .orElseThrow(() -> new IllegalStateException("endpoint " + id + " of a connection is gone"))
                .value();
        return new SideIntents.End(
                endpoint,
                site(endpoint.site())
                        .orElseThrow(() ->
                                new IllegalStateException("site " + endpoint.site() + " of an endpoint is gone")));
    }

    private Optional<Site> site(SiteId id) {
        return stores.sites().find(id).map(Stored::value);
    }
}
