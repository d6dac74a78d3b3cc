package io.isthmus.server.api;

import io.isthmus.core.backup.Readiness;
import io.isthmus.core.backup.RunningVnf;
import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.link.Link;
import io.isthmus.core.path.Path;
import io.isthmus.core.side.Side;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Plans one link between any two sites, and remembers what it was asked. */
final class FakeEngine implements EnginePort {
    final Queue<ConnectionId> woken = new ConcurrentLinkedQueue<>();
    volatile Consumer<ConnectionId> onVerify = id -> {};
    final Queue<ConnectionId> reconciled = new ConcurrentLinkedQueue<>();
    volatile Consumer<ConnectionId> onWake = id -> {};
    volatile boolean ready = true;
    volatile Map<SiteId, List<String>> users = Map.of();
    volatile VnfPort vnfs = VnfPort.NONE;

    @Override
    public Plan plan(Connection connection, Endpoint local, Endpoint remote) {
        if (connection.bandwidthMbps().orElse(0) > 10_000) {
            throw Problem.ofPlanner("no_path", "bandwidth_mbps", "no link has that much", "ask less");
        }
        var link = new Link(new UUID(0, 7), "l", local.site(), remote.site(), 2.5, 10_000, 1500, 1, List.of(), true);
        return new Plan(
                new Path(List.of(local.site(), remote.site()), List.of(link)),
                1450,
                50_000,
                Optional.of(2000),
                Optional.empty(),
                connection.bandwidthMbps().orElse(0),
                List.of(new Plan.Change(local.site(), "create network", "VLAN 2000")));
    }

    @Override
    public Reservation planUpdate(ConnectionFacts facts, Connection wanted) {
        if (wanted.bandwidthMbps().orElse(0) > 10_000) {
            throw Problem.ofPlanner("no_path", "bandwidth_mbps", "no link has that much", "ask less");
        }
        var held = facts.reservation().orElseThrow();
        return new Reservation(
                held.vni(),
                held.localVlan(),
                held.remoteVlan(),
                held.sites(),
                held.links(),
                held.latencyMs(),
                wanted.mtu().orElse(held.mtu()),
                wanted.bandwidthMbps().orElse(0));
    }

    @Override
    public Plan dryRun(Connection connection, Endpoint local, Endpoint remote) {
        return plan(connection, local, remote);
    }

    @Override
    public List<Plan.Change> changes(ConnectionFacts facts, Connection wanted, Reservation reservation) {
        return List.of();
    }

    @Override
    public List<Plan.Change> removals(ConnectionFacts facts) {
        return facts.sides().stream()
                .filter(Side::touched)
                .map(side -> new Plan.Change(side.site(), "delete network", "all"))
                .toList();
    }

    @Override
    public Map<SiteId, List<String>> usersOf(ConnectionFacts facts) {
        return users;
    }

    @Override
    public void wake(ConnectionId id) {
        woken.add(id);
        onWake.accept(id);
    }

    @Override
    public void reconcile(ConnectionId id) {
        reconciled.add(id);
    }

    @Override
    public void verify(ConnectionId id) {
        onVerify.accept(id);
    }

    @Override
    public VnfPort vnfs() {
        return new VnfPort() {
            @Override
            public Search find(List<Site> where, String idOrName) {
                return vnfs.find(where, idOrName);
            }

            @Override
            public Map<SiteId, Readiness> readiness(Site active, RunningVnf vnf, List<Site> candidates) {
                return vnfs.readiness(active, vnf, candidates);
            }
        };
    }

    @Override
    public boolean isReady() {
        return ready;
    }
}
