package io.isthmus.server.api;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.quota.Amounts;
import io.isthmus.store.Change;
import io.isthmus.store.Json;
import io.isthmus.store.Stored;
import io.isthmus.store.Stores;
import io.isthmus.store.connection.ConnectionStore;
import io.isthmus.store.connection.NewConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/connections}: stores what is wanted, then wakes the engine. */
final class ConnectionsApi {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionsApi.class);
    static final int LONGEST_WAIT_S = 300;
    private static final int USUAL_WAIT_S = 30;
    private static final Set<String> CHANGEABLE = Set.of("name", "tags", "expires_at", "drift_policy");

    private final Stores stores;
    private final EnginePort engine;
    private final ConnectionReader reader;
    private final ConnectionChecks checks;
    private final ConnectionWait wait;
    private final SiteLookup sites;
    private final Duration requestedWithin;
    private final InstantSource clock;

    ConnectionsApi(
            Stores stores,
            EnginePort engine,
            ConnectionReader reader,
            ConnectionChecks checks,
            ConnectionWait wait,
            Duration requestedWithin,
            InstantSource clock) {
        this.stores = stores;
        this.engine = engine;
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
        routes.patch("/v1/connections/{id}", this::change);
        routes.delete("/v1/connections/{id}", this::delete);
        routes.post("/v1/connections/{id}/verify", this::verify);
        routes.post("/v1/connections/{id}/reconcile", this::reconcile);
        routes.post("/v1/connections/{id}/suspend", this::suspend);
        routes.post("/v1/connections/{id}/resume", this::resume);
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
                        this::views));
    }

    private Reply create(Request request) throws InterruptedException {
        request.allowQueries("dry_run");
        var dryRun = request.isDryRun();
        var id = RequestScope.newId();
        var made = stores.connections().findStored(new ConnectionId(id));
        if (made.isPresent()) {
            engine.wake(made.get().value().id());
            return accepted(made.get());
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
        return accepted(stored);
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
        var stored = find(request);
        var seconds = request.queryInteger("timeout_s", USUAL_WAIT_S, 0, LONGEST_WAIT_S);
        var wanted = request.query("wait");
        if (wanted.isPresent()) {
            var id = stored.value().id();
            stored = wait.await(request, id, ConnectionWait.until(wanted.get()), Duration.ofSeconds(seconds))
                    .orElseThrow(() -> gone(id));
        }
        return Reply.ok(view(stored)).at(stored.revision());
    }

    /**
     * Name, tags, end and drift policy are changed at once; settings of an active connection while the old ones stay until the
     * new ones pass.
     */
    private Reply change(Request request) throws InterruptedException {
        request.allowQueries("dry_run");
        var stored = find(request);
        request.revision(stored.revision());
        var patch = request.body();
        for (var field : patch.node().propertyNames()) {
            if (!CHANGEABLE.contains(field) && !ConnectionUpdate.SETTINGS.contains(field) && isSetByOwner(field)) {
                throw NotYet.of(patch.pointer(field), "changing the " + field + " of a connection");
            }
        }
        var facts = stored.value();
        var wanted = ConnectionUpdate.read(facts, patch, reader);
        var tags = patch.node().has("tags") ? patch.tags() : stored.tags();
        patch.end(ConnectionReader.READ_ONLY);
        return ConnectionUpdate.changesSettings(facts.desired(), wanted)
                ? update(request, stored, wanted, tags)
                : relabel(request, stored, wanted, tags);
    }

    private Reply relabel(Request request, Stored<ConnectionFacts> stored, Connection wanted, List<String> tags) {
        if (request.isDryRun()) {
            return Reply.ok(ConnectionView.of(List.of())).at(stored.revision());
        }
        var changed = Changes.done(
                stores.connections().relabel(stored.value().id(), wanted, tags, request.ifMatch(), clock.instant()),
                ProblemCode.CONNECTION_NOT_FOUND);
        LOG.info("connection {} is called {} now", stored.value().id(), wanted.name());
        return Reply.ok(view(changed)).at(changed.revision());
    }

    private Reply update(Request request, Stored<ConnectionFacts> stored, Connection wanted, List<String> tags)
            throws InterruptedException {
        var facts = stored.value();
        ConnectionUpdate.checkState(facts);
        wanted.path()
                .disjointFrom()
                .filter(other -> !facts.desired().path().disjointFrom().equals(Optional.of(other)))
                .ifPresent(checks::checkOther);
        var held = facts.reservation().orElseThrow();
        var planned = ConnectionUpdate.needsPlan(facts.desired(), wanted) ? engine.planUpdate(facts, wanted) : held;
        if (request.isDryRun()) {
            checks.checkQuota(
                    wanted,
                    Amounts.moreBandwidth(
                            facts.desired().bandwidthMbps().orElse(0),
                            wanted.bandwidthMbps().orElse(0)));
            var changes = new ArrayList<>(ConnectionUpdate.changes(held, planned, wanted, facts));
            changes.addAll(engine.changes(facts, wanted, planned));
            return Reply.ok(ConnectionView.of(changes)).at(stored.revision());
        }
        var now = clock.instant();
        var change = stores.connections()
                .requestUpdate(
                        wanted, planned, request.ifMatch(), RequestScope.newId(), now.plus(requestedWithin), now);
        if (change instanceof Change.InUse<ConnectionFacts>(var resource, var users)) {
            throw new Problem.Conflict(
                    ProblemCode.WRONG_STATE,
                    "",
                    "%s %s changed meanwhile: try again".formatted(resource, users),
                    users);
        }
        var updating = Changes.done(change, ProblemCode.CONNECTION_NOT_FOUND);
        if (!tags.equals(stored.tags())) {
            updating = Changes.done(
                    stores.connections().relabel(facts.id(), wanted, tags, OptionalLong.empty(), clock.instant()),
                    ProblemCode.CONNECTION_NOT_FOUND);
        }
        LOG.info("connection {} is to be updated", facts.id());
        engine.wake(facts.id());
        return Reply.accepted(view(updating)).at(updating.revision());
    }

    private Reply suspend(Request request) throws InterruptedException {
        return adminState(request, false);
    }

    private Reply resume(Request request) throws InterruptedException {
        return adminState(request, true);
    }

    /** An update like any other: resuming passes when probes pass, and is taken back otherwise. */
    private Reply adminState(Request request, boolean up) throws InterruptedException {
        request.allowQueries();
        request.noArguments();
        var stored = find(request);
        var before = stored.value().desired();
        return before.adminStateUp() == up && stored.value().goal() == ConnectionGoal.PRESENT
                ? accepted(stored)
                : update(request, stored, before.withAdminStateUp(up), stored.tags())
                        .with("Location", "/v1/connections/" + before.id());
    }

    private static boolean isSetByOwner(String field) {
        return ConnectionView.FIELDS.contains(field) && !ConnectionReader.READ_ONLY.contains(field);
    }

    private Reply delete(Request request) throws InterruptedException {
        request.allowQueries("dry_run", "force");
        var byForce = request.isTrue("force");
        var stored = find(request);
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
        return Reply.accepted(view(deleting)).at(deleting.revision());
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
        var stored = find(request);
        var facts = stored.value();
        if (facts.goal() != ConnectionGoal.PRESENT || !facts.bothApplied()) {
            throw wrongState(facts, "only what is applied at both sides can be verified");
        }
        if (!facts.desired().adminStateUp()) {
            throw wrongState(facts, "nothing passes it; resume it first");
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
                .orElseThrow(() -> gone(facts.id()));
        var fresh = measured.value().probe().filter(report -> report.at().isAfter(before));
        var reply = fresh.isPresent() ? Reply.ok(view(measured)) : Reply.accepted(view(measured));
        return reply.at(measured.revision());
    }

    /** Has both sides read back and repaired now; this also takes up again what is in error. */
    private Reply reconcile(Request request) {
        request.allowQueries();
        request.noArguments();
        var facts = find(request).value();
        if (facts.goal() != ConnectionGoal.PRESENT) {
            throw wrongState(facts, "only a connection that shall be there can be reconciled");
        }
        LOG.info("connection {} is to be reconciled", facts.id());
        engine.reconcile(facts.id());
        return accepted(stores.connections().findStored(facts.id()).orElseThrow(() -> gone(facts.id())));
    }

    private static Problem wrongState(ConnectionFacts facts, String why) {
        return new Problem.Conflict(
                ProblemCode.WRONG_STATE, "", "the connection is %s: %s".formatted(word(facts), why), List.of());
    }

    private static String word(ConnectionFacts facts) {
        return "%s, %s".formatted(Json.word(facts.status()), Json.word(facts.syncStatus()));
    }

    private Reply accepted(Stored<ConnectionFacts> stored) {
        return Reply.accepted(view(stored))
                .at(stored.revision())
                .with("Location", "/v1/connections/" + stored.value().id());
    }

    private Stored<ConnectionFacts> find(Request request) {
        var id = new ConnectionId(request.pathId(ProblemCode.CONNECTION_NOT_FOUND));
        return stores.connections()
                .findStored(id)
                .filter(stored -> RequestScope.currentCaller()
                        .sees(stored.value().desired().projectId()))
                .orElseThrow(() -> gone(id));
    }

    private static Problem gone(ConnectionId id) {
        return new Problem.NotFound(ProblemCode.CONNECTION_NOT_FOUND, "there is no connection " + id);
    }

    private ObjectNode view(Stored<ConnectionFacts> stored) {
        return views(List.of(stored)).getFirst();
    }

    private List<ObjectNode> views(List<Stored<ConnectionFacts>> page) {
        var operations = stores.operations()
                .newestOf(page.stream()
                        .map(stored -> stored.value().id().toString())
                        .toList());
        return page.stream()
                .map(stored -> ConnectionView.of(
                        stored,
                        Optional.ofNullable(operations.get(stored.value().id().toString()))))
                .toList();
    }
}
