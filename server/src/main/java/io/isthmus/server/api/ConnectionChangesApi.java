package io.isthmus.server.api;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.quota.Amounts;
import io.isthmus.store.Change;
import io.isthmus.store.Stored;
import io.isthmus.store.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes of a connection that is there: a PATCH of it, and suspending and resuming it. */
final class ConnectionChangesApi {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionChangesApi.class);
    private static final Set<String> CHANGEABLE = Set.of("name", "tags", "expires_at", "drift_policy");

    private final Stores stores;
    private final EnginePort engine;
    private final ConnectionLookup lookup;
    private final ConnectionReader reader;
    private final ConnectionChecks checks;
    private final Duration requestedWithin;
    private final InstantSource clock;

    ConnectionChangesApi(
            Stores stores,
            EnginePort engine,
            ConnectionLookup lookup,
            ConnectionReader reader,
            ConnectionChecks checks,
            Duration requestedWithin,
            InstantSource clock) {
        this.stores = stores;
        this.engine = engine;
        this.lookup = lookup;
        this.reader = reader;
        this.checks = checks;
        this.requestedWithin = requestedWithin;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.patch("/v1/connections/{id}", this::change);
        routes.post("/v1/connections/{id}/suspend", this::suspend);
        routes.post("/v1/connections/{id}/resume", this::resume);
    }

    /**
     * Name, tags, end and drift policy are changed at once; settings of an active connection while the old ones stay until the
     * new ones pass.
     */
    private Reply change(Request request) throws InterruptedException {
        request.allowQueries("dry_run");
        var stored = lookup.find(request);
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
        return Reply.ok(lookup.view(changed)).at(changed.revision());
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
        return Reply.accepted(lookup.view(updating)).at(updating.revision());
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
        var stored = lookup.find(request);
        var before = stored.value().desired();
        return before.adminStateUp() == up && stored.value().goal() == ConnectionGoal.PRESENT
                ? lookup.accepted(stored)
                : update(request, stored, before.withAdminStateUp(up), stored.tags())
                        .with("Location", "/v1/connections/" + before.id());
    }

    private static boolean isSetByOwner(String field) {
        return ConnectionView.FIELDS.contains(field) && !ConnectionReader.READ_ONLY.contains(field);
    }
}
