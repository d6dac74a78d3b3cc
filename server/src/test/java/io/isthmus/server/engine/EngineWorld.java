package io.isthmus.server.engine;

import io.isthmus.core.connection.AddressPolicy;
import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.Encryption;
import io.isthmus.core.connection.OnFailure;
import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.connection.Service;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.link.Link;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.quota.Quota;
import io.isthmus.core.side.DriftPolicy;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.core.site.Gateway;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.core.site.VlanRange;
import io.isthmus.store.Change;
import io.isthmus.store.Database;
import io.isthmus.store.Stored;
import io.isthmus.store.connection.ConnectionStore;
import io.isthmus.store.connection.NewConnection;
import io.isthmus.store.connection.Tombstone;
import io.isthmus.store.endpoint.EndpointStore;
import io.isthmus.store.event.EventStore;
import io.isthmus.store.link.LinkStore;
import io.isthmus.store.operation.OperationStore;
import io.isthmus.store.quota.QuotaStore;
import io.isthmus.store.site.SiteStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** A node's engine and store on a file, with the example's sites faked; it can be stopped at any moment and opened again. */
final class EngineWorld implements AutoCloseable {
    private static final EngineSettings SETTINGS = new EngineSettings(
            Duration.ofSeconds(3),
            Duration.ofHours(1),
            Duration.ofMillis(5),
            Duration.ofMillis(50),
            Duration.ofMillis(60),
            64,
            64,
            8);
    private static final InstantSource CLOCK = InstantSource.system();

    private final Path file;
    private final FakeSites sites;
    private final EngineSettings settings;
    private final Database database;
    private final ConnectionStore connections;
    private final Engine engine;
    private int cidrs;

    private EngineWorld(Path file, FakeSites sites, boolean fresh, int cidrs, EngineSettings settings) {
        this(file, sites, fresh, cidrs, settings, statement -> {});
    }

    private EngineWorld(
            Path file,
            FakeSites sites,
            boolean fresh,
            int cidrs,
            EngineSettings settings,
            Consumer<String> beforeWriting) {
        this.file = file;
        this.settings = settings;
        this.sites = sites;
        this.cidrs = cidrs;
        database = Database.open(file, beforeWriting);
        var events = new EventStore(database);
        var siteStore = new SiteStore(database, events);
        var links = new LinkStore(database, events);
        var quotas = new QuotaStore(database, events, Quota.DEFAULT);
        var endpoints = new EndpointStore(database, events, quotas);
        var operations = new OperationStore(database, events);
        connections = new ConnectionStore(database, events, endpoints, operations, quotas);
        if (fresh) {
            List.of("a", "b", "c", "d").forEach(name -> siteStore.create(site(name), List.of(), CLOCK.instant()));
            List.of("ab", "ac", "bc", "ad").forEach(pair -> links.create(link(pair), List.of(), CLOCK.instant()));
        }
        engine = new Engine(
                siteStore,
                links,
                endpoints,
                connections,
                operations,
                sites.drivers(),
                new GatewaySightings(CLOCK),
                CLOCK,
                settings);
        engine.start();
    }

    static EngineWorld open(Path file, FakeSites sites) {
        return new EngineWorld(file, sites, true, 0, SETTINGS);
    }

    /** One in which nothing is given up, however slow the machine is. */
    static EngineWorld openPatient(Path file, FakeSites sites) {
        return new EngineWorld(file, sites, true, 0, SETTINGS.withProvisioningLimit(Duration.ofMinutes(5)));
    }

    /** One in which deletions are given so long. */
    static EngineWorld openRemovingWithin(Duration limit, Path file, FakeSites sites) {
        return new EngineWorld(file, sites, true, 0, SETTINGS.withRemovalLimit(limit));
    }

    /**
     * The same for one that cannot write any more; the new one tells of each statement that is about to write, and what that
     * throws undoes the transaction.
     */
    EngineWorld restartDead(Consumer<String> beforeWriting) {
        try {
            close();
        } catch (IllegalStateException dead) {
            // It could not write down what it did last; that is what it is to be dead.
        }
        return new EngineWorld(file, sites, false, cidrs, settings, beforeWriting);
    }

    /** As after a crash: whatever was under way is cut off, and what is stored is all that is left. */
    EngineWorld restart() {
        close();
        return new EngineWorld(file, sites, false, cidrs, settings);
    }

    /** With so much time for each connection that a busy machine gives none up. */
    EngineWorld patient() {
        close();
        return new EngineWorld(file, sites, false, cidrs, SETTINGS.withProvisioningLimit(Duration.ofMinutes(5)));
    }

    Engine engine() {
        return engine;
    }

    ConnectionId connect(String local, String remote, OnFailure onFailure) {
        return connect(local, remote, onFailure, PathConstraints.NONE, DriftPolicy.REPAIR);
    }

    ConnectionId connect(String local, String remote, OnFailure onFailure, PathConstraints path) {
        return connect(local, remote, onFailure, path, DriftPolicy.REPAIR);
    }

    ConnectionId connect(
            String local, String remote, OnFailure onFailure, PathConstraints path, DriftPolicy driftPolicy) {
        var cidr = "10.%d.%d.0/24".formatted(60 + cidrs / 256, cidrs % 256);
        cidrs++;
        return connect(
                endpoint(local, cidr),
                endpoint(remote, cidr),
                Service.L2,
                AddressPolicy.REJECT_OVERLAP,
                onFailure,
                path,
                driftPolicy);
    }

    /** Joins a network of each site that was there before, for a project. */
    ConnectionId join(String project, String local, String remote) {
        return connect(
                existing(project, local),
                existing(project, remote),
                Service.L2,
                AddressPolicy.REJECT_OVERLAP,
                OnFailure.ROLLBACK,
                PathConstraints.NONE,
                DriftPolicy.REPAIR);
    }

    private static Endpoint existing(String project, String site) {
        return new Endpoint(
                UUID.randomUUID(),
                "end-" + site,
                project,
                new SiteId(site),
                new EndpointNetwork.Existing("net-" + site),
                false);
    }

    /** Joins the one router of each site; its id is the site's. */
    ConnectionId connectRouters(String local, String remote, AddressPolicy policy) {
        return connect(
                router(local),
                router(remote),
                Service.L3,
                policy,
                OnFailure.ROLLBACK,
                PathConstraints.NONE,
                DriftPolicy.REPAIR);
    }

    private static Endpoint router(String site) {
        return new Endpoint(
                UUID.randomUUID(),
                "end-" + site,
                "default",
                new SiteId(site),
                new EndpointNetwork.Router("router-" + site, List.of()),
                false);
    }

    private ConnectionId connect(
            Endpoint here,
            Endpoint there,
            Service service,
            AddressPolicy policy,
            OnFailure onFailure,
            PathConstraints path,
            DriftPolicy driftPolicy) {
        var connection = new Connection(
                new ConnectionId(UUID.randomUUID()),
                here.site() + "-" + there.site(),
                "default",
                here.id(),
                there.id(),
                service,
                Optional.empty(),
                Optional.empty(),
                Encryption.NONE,
                path,
                Optional.empty(),
                policy,
                onFailure,
                true,
                Optional.empty(),
                driftPolicy);
        connections.create(
                new NewConnection(connection, List.of(here, there), List.of(), UUID.randomUUID(), Optional.empty()),
                CLOCK.instant());
        engine.wake(connection.id());
        return connection.id();
    }

    /** Asks for another bandwidth over the same path. */
    void widen(ConnectionId id, int mbps) {
        var facts = connections.find(id).orElseThrow();
        var held = facts.reservation().orElseThrow();
        var old = facts.desired();
        var change = connections.requestUpdate(
                old.with(old.name(), Optional.of(mbps), old.maxLatencyMs(), old.path(), old.mtu()),
                new Reservation(
                        held.vni(),
                        held.localVlan(),
                        held.remoteVlan(),
                        held.sites(),
                        held.links(),
                        held.latencyMs(),
                        held.mtu(),
                        mbps),
                OptionalLong.empty(),
                UUID.randomUUID(),
                CLOCK.instant().plusSeconds(3),
                CLOCK.instant());
        if (!(change instanceof Change.Done<ConnectionFacts>)) {
            throw new IllegalStateException("not updated: " + change);
        }
        engine.wake(id);
    }

    /** Suspends it, or resumes it. */
    void adminState(ConnectionId id, boolean up) {
        var facts = connections.find(id).orElseThrow();
        var change = connections.requestUpdate(
                facts.desired().withAdminStateUp(up),
                facts.reservation().orElseThrow(),
                OptionalLong.empty(),
                UUID.randomUUID(),
                CLOCK.instant().plusSeconds(3),
                CLOCK.instant());
        if (!(change instanceof Change.Done<ConnectionFacts>)) {
            throw new IllegalStateException("not updated: " + change);
        }
        engine.wake(id);
    }

    /** Its owner wants it until now. */
    void expire(ConnectionId id) {
        var old = connections.find(id).orElseThrow().desired();
        connections.relabel(
                id,
                old.labelled("over", Optional.of(CLOCK.instant()), old.driftPolicy()),
                List.of(),
                OptionalLong.empty(),
                CLOCK.instant());
    }

    int bookedMbps() {
        return connections.bookedMbps().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    void delete(ConnectionId id) {
        connections.requestDeletion(id, OptionalLong.empty(), UUID.randomUUID(), false, CLOCK.instant());
        engine.wake(id);
    }

    void deleteByForce(ConnectionId id) {
        connections.requestDeletion(id, OptionalLong.empty(), UUID.randomUUID(), true, CLOCK.instant());
        engine.wake(id);
    }

    /** What its owner sees of it. */
    Optional<ConnectionFacts> seenByOwner(ConnectionId id) {
        return connections.findStored(id).map(Stored::value);
    }

    List<ConnectionId> tombstonesAt(String site) {
        return connections.tombstonesAt(new SiteId(site)).stream()
                .map(Tombstone::connection)
                .toList();
    }

    Optional<ConnectionFacts> find(ConnectionId id) {
        return connections.find(id);
    }

    ConnectionStatus status(ConnectionId id) {
        return find(id).orElseThrow().status();
    }

    Set<Integer> reservedTransits() {
        return connections.reservedTransits();
    }

    Set<Integer> reservedVnis() {
        return connections.reservedVnis();
    }

    @Override
    public void close() {
        try {
            engine.close();
        } finally {
            database.close();
        }
    }

    private static Site site(String name) {
        return new Site(
                new SiteId(name),
                "dc-" + name,
                Optional.empty(),
                List.of(),
                new Cloud(
                        CloudKind.REGION,
                        URI.create("http://127.0.0.1:5000/v3"),
                        "Region" + name.toUpperCase(Locale.ROOT),
                        Optional.empty(),
                        "interdc",
                        new VlanRange(2000, 2999),
                        "openstack"),
                List.of(new Gateway(
                        "gw-" + name,
                        "frr",
                        Map.of(),
                        new IpAddress("10.255.0." + (name.charAt(0) - 'a' + 1)),
                        65001,
                        1500,
                        1000)),
                true);
    }

    private static Link link(String pair) {
        return new Link(
                UUID.randomUUID(),
                pair,
                new SiteId(pair.substring(0, 1)),
                new SiteId(pair.substring(1)),
                5,
                1000,
                1500,
                1,
                List.of(),
                true);
    }

    private static Endpoint endpoint(String site, String cidr) {
        return new Endpoint(
                UUID.randomUUID(),
                "end-" + site,
                "default",
                new SiteId(site),
                new EndpointNetwork.Create(new Cidr(cidr), Optional.empty(), Optional.empty(), Optional.empty(), false),
                false);
    }
}
