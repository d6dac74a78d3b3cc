package io.isthmus.server.engine;

import io.isthmus.core.connection.AddressPolicy;
import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.Encryption;
import io.isthmus.core.connection.OnFailure;
import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.connection.Service;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.link.Link;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.DriftPolicy;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.core.site.Gateway;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.core.site.VlanRange;
import io.isthmus.store.Database;
import io.isthmus.store.connection.ConnectionStore;
import io.isthmus.store.connection.NewConnection;
import io.isthmus.store.endpoint.EndpointStore;
import io.isthmus.store.event.EventStore;
import io.isthmus.store.link.LinkStore;
import io.isthmus.store.operation.OperationStore;
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

    private EngineWorld(Path file, FakeSites sites, EngineSettings settings, boolean fresh, int cidrs) {
        this.settings = settings;
        this.file = file;
        this.sites = sites;
        this.cidrs = cidrs;
        database = Database.open(file);
        var events = new EventStore(database);
        var siteStore = new SiteStore(database, events);
        var links = new LinkStore(database, events);
        var endpoints = new EndpointStore(database, events);
        var operations = new OperationStore(database, events);
        connections = new ConnectionStore(database, events, endpoints, operations);
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
        return new EngineWorld(file, sites, SETTINGS, true, 0);
    }

    /** One in which nothing is given up, however slow the machine is. */
    static EngineWorld openPatient(Path file, FakeSites sites) {
        return new EngineWorld(file, sites, SETTINGS.withProvisioningLimit(Duration.ofMinutes(5)), true, 0);
    }

    /** As after a crash: whatever was under way is cut off, and what is stored is all that is left. */
    EngineWorld restart() {
        close();
        return new EngineWorld(file, sites, settings, false, cidrs);
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
        var here = endpoint(local, cidr);
        var there = endpoint(remote, cidr);
        var connection = new Connection(
                new ConnectionId(UUID.randomUUID()),
                local + "-" + remote,
                "default",
                here.id(),
                there.id(),
                Service.L2,
                Optional.empty(),
                Optional.empty(),
                Encryption.NONE,
                path,
                Optional.empty(),
                AddressPolicy.REJECT_OVERLAP,
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

    void delete(ConnectionId id) {
        connections.requestDeletion(id, OptionalLong.empty(), UUID.randomUUID(), Optional.empty(), CLOCK.instant());
        engine.wake(id);
    }

    Optional<ConnectionFacts> find(ConnectionId id) {
        return connections.find(id);
    }

    ConnectionStatus status(ConnectionId id) {
        return find(id).orElseThrow().status();
    }

    Set<Integer> reservedVnis() {
        return connections.reservedVnis();
    }

    @Override
    public void close() {
        engine.close();
        database.close();
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
                new EndpointNetwork.Create(
                        new Cidr(cidr), Optional.empty(), Optional.empty(), Optional.empty(), false));
    }
}
