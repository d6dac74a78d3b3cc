package io.isthmus.server.api;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.quota.Amounts;
import io.isthmus.store.Change;
import io.isthmus.store.Stored;
import io.isthmus.store.Stores;
import io.isthmus.store.connection.ConnectionStore;
import io.isthmus.store.connection.NewConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/connections}, all but their changes: stores what is wanted, then wakes the engine. */
final class ConnectionsApi {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionsApi.class);
    static final int LONGEST_WAIT_S = 300;
    private static final int USUAL_WAIT_S = 30;

    private final Stores stores;
    private final EnginePort engine;
    private final ConnectionLookup lookup;
    private final ConnectionReader reader;
    private final ConnectionChecks checks;
    private final ConnectionWait wait;
    private final SiteLookup sites;
    private final Duration requestedWithin;
    private final InstantSource clock;

    ConnectionsApi(
            Stores stores,
            EnginePort engine,
            ConnectionLookup lookup,
            ConnectionReader reader,
            ConnectionChecks checks,
            ConnectionWait wait,
            Duration requestedWithin,
            InstantSource clock) {
        this.stores = stores;
        this.engine = engine;
        this.lookup = lookup;
        this.reader = reader;
        this.checks = checks;
        this.wait = wait;
        this.sites = new SiteLookup(stores.sites());
        this.requestedWithin = requestedWithin;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.get("/v1/connections", this::list);
        routes.post("/v1/connections", this::create);
        routes.get("/v1/connections/{id}", this::show);
        routes.delete("/v1/connections/{id}", this::delete);
        routes.post("/v1/connections/{id}/verify", this::verify);
        routes.post("/v1/connections/{id}/reconcile", this::reconcile);
    }

    private Reply list(Request request) {
        return Lists.list(
                request,
                new Lists.Source<>(
                        "connections",
                        ConnectionView.FIELDS,
                        ConnectionStore.listFields(),
                        ConnectionView.DERIVED,
                        query -> stores.connections().list(sites.inFilter(Projects.own(query), "site")),
                        lookup::views));
    }

    private Reply create(Request request) throws InterruptedException {
        request.allowQueries("dry_run");
        var dryRun = request.isDryRun();
        var id = RequestScope.newId();
        var made = stores.connections().findStored(new ConnectionId(id));
        if (made.isPresent()) {
            engine.wake(made.get().value().id());
            return lookup.accepted(made.get());
        }
        var asked = reader.read(request.body(), id);
        checks.check(asked);
        if (dryRun) {
            var plan = engine.dryRun(asked.connection(), asked.local(), asked.remote());
            var amounts = new Amounts(
                    1, asked.inline().size(), asked.connection().bandwidthMbps().orElse(0));
            checks.checkQuota(asked.connection(), amounts);
            return Reply.ok(ConnectionView.of(
                    plan,
                    List.of(asked.local().site().name(), asked.remote().site().name())));
        }
        engine.plan(asked.connection(), asked.local(), asked.remote());
        var stored = store(asked);
        var connection = stored.value().id();
        LOG.info(
                "connection {} requested: {} to {}",
                connection,
                asked.local().site(),
                asked.remote().site());
        engine.wake(connection);
        return lookup.accepted(stored);
    }

    private Stored<ConnectionFacts> store(ConnectionReader.Asked asked) {
        var now = clock.instant();
        var wanted = new NewConnection(
                asked.connection(),
                asked.inline(),
                asked.tags(),
                RequestScope.newId(),
                Optional.of(now.plus(requestedWithin)));
        var change = stores.connections().create(wanted, now);
        if (change instanceof Change.InUse<ConnectionFacts>(var resource, var users)) {
            throw new Problem.Conflict(
                    ProblemCode.ENDPOINT_IN_USE, "", "an endpoint belongs to %s %s".formatted(resource, users), users);
        }
        return Changes.done(change, ProblemCode.CONNECTION_NOT_FOUND);
    }

    private Reply show(Request request) throws InterruptedException {
        request.allowQueries("wait", "timeout_s");
        var stored = lookup.find(request);
        var seconds = request.queryInteger("timeout_s", USUAL_WAIT_S, 0, LONGEST_WAIT_S);
        var wanted = request.query("wait");
        if (wanted.isPresent()) {
            var id = stored.value().id();
            stored = wait.await(request, id, ConnectionWait.until(wanted.get()), Duration.ofSeconds(seconds))
                    .orElseThrow(() -> ConnectionLookup.gone(id));
        }
        return Reply.ok(lookup.view(stored)).at(stored.revision());
    }

    private Reply delete(Request request) throws InterruptedException {
        request.allowQueries("dry_run", "force");
        var byForce = request.isTrue("force");
        var stored = lookup.find(request);
        request.revision(stored.revision());
        if (!byForce) {
            demandUnused(stored.value());
        }
        if (request.isDryRun()) {
            return Reply.ok(ConnectionView.of(engine.removals(stored.value())));
        }
        var id = stored.value().id();
        var deleting = Changes.done(
                stores.connections()
                        .requestDeletion(id, request.ifMatch(), RequestScope.newId(), byForce, clock.instant()),
                ProblemCode.CONNECTION_NOT_FOUND);
        LOG.info("connection {} is to be deleted{}", id, byForce ? " by force" : "");
        engine.wake(id);
        return Reply.accepted(lookup.view(deleting)).at(deleting.revision());
    }

    private void demandUnused(ConnectionFacts facts) throws InterruptedException {
        var users = engine.usersOf(facts);
        if (!users.isEmpty()) {
            var named = users.entrySet().stream()
                    .map(each -> "at %s by %s".formatted(each.getKey(), String.join(", ", each.getValue())))
                    .collect(Collectors.joining("; "));
            throw new Problem.Conflict(
                    ProblemCode.NETWORK_IN_USE,
                    "",
                    "its networks are used " + named
                            + ". Delete or move those ports; or delete by force, which leaves such a network to them",
                    users.values().stream().flatMap(List::stream).toList());
        }
    }

    /** Has probes sent now and waits for what they measure; 202 if that takes longer than the caller waits. */
    private Reply verify(Request request) throws InterruptedException {
        request.allowQueries("timeout_s");
        var seconds = request.queryInteger("timeout_s", USUAL_WAIT_S, 0, LONGEST_WAIT_S);
        request.noArguments();
        var stored = lookup.find(request);
        var facts = stored.value();
        if (facts.goal() != ConnectionGoal.PRESENT || !facts.bothApplied()) {
            throw ConnectionLookup.wrongState(facts, "only what is applied at both sides can be verified");
        }
        if (!facts.desired().adminStateUp()) {
            throw ConnectionLookup.wrongState(facts, "nothing passes it; resume it first");
        }
        var before = facts.probe().map(report -> report.at()).orElse(Instant.MIN);
        engine.verify(facts.id());
        var measured = wait.await(
                        request,
                        facts.id(),
                        now -> now.goal() != ConnectionGoal.PRESENT
                                || now.probe()
                                        .filter(report -> report.at().isAfter(before))
                                        .isPresent(),
                        Duration.ofSeconds(seconds))
                .orElseThrow(() -> ConnectionLookup.gone(facts.id()));
        var fresh = measured.value().probe().filter(report -> report.at().isAfter(before));
        var reply = fresh.isPresent() ? Reply.ok(lookup.view(measured)) : Reply.accepted(lookup.view(measured));
        return reply.at(measured.revision());
    }

    /** Has both sides read back and repaired now; this also takes up again what is in error. */
    private Reply reconcile(Request request) {
        request.allowQueries();
        request.noArguments();
        var facts = lookup.find(request).value();
        if (facts.goal() != ConnectionGoal.PRESENT) {
            throw ConnectionLookup.wrongState(facts, "only a connection that shall be there can be reconciled");
        }
        LOG.info("connection {} is to be reconciled", facts.id());
        engine.reconcile(facts.id());
        return lookup.accepted(
                stores.connections().findStored(facts.id()).orElseThrow(() -> ConnectionLookup.gone(facts.id())));
    }
}
