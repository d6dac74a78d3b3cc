package io.isthmus.server.api;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.side.DriftPolicy;
import io.isthmus.store.Json;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a patch wants of a connection, and says what that would change. */
final class ConnectionUpdate {
    /** What may be changed of an active connection without making it anew. */
    static final Set<String> SETTINGS = Set.of("bandwidth_mbps", "max_latency_ms", "path", "mtu", "admin_state_up");

    private static final Set<ConnectionStatus> CHANGEABLE =
            EnumSet.of(ConnectionStatus.ACTIVE, ConnectionStatus.SUSPENDED);

    private ConnectionUpdate() {}

    /** The connection as the patch wants it. */
    static Connection read(ConnectionFacts facts, Fields patch, ConnectionReader reader) {
        var before = facts.desired();
        ObjectNode document = Json.MAPPER.createObjectNode();
        ObjectNode stored = Json.MAPPER.valueToTree(before);
        SETTINGS.forEach(field -> document.set(field, stored.get(field)));
        for (var field : SETTINGS) {
            patch.find(field);
            if (patch.node().has(field)) {
                var asked = patch.node().get(field);
                document.set(field, asked.isNull() ? asked : MergePatch.apply(stored.path(field), asked));
            }
        }
        var merged = Fields.of(document, patch.pointer());
        var name = patch.has("name") ? patch.text("name") : before.name();
        var expiresAt = patch.node().has("expires_at") ? reader.expiry(patch) : before.expiresAt();
        var driftPolicy = patch.findChoice("drift_policy", DriftPolicy.class).orElse(before.driftPolicy());
        return merged.make(() -> before.labelled(name, expiresAt, driftPolicy)
                .with(
                        name,
                        merged.findInteger("bandwidth_mbps"),
                        merged.findNumber("max_latency_ms"),
                        merged.findObject("path").map(reader::path).orElse(PathConstraints.NONE),
                        merged.findInteger("mtu"))
                .withAdminStateUp(merged.findTruth("admin_state_up").orElse(true)));
    }

    static boolean changesSettings(Connection before, Connection after) {
        return !before.labelledAs(after).equals(after);
    }

    /** Whether more is wanted otherwise than whether traffic passes. */
    static boolean needsPlan(Connection before, Connection after) {
        return !before.labelledAs(after).withAdminStateUp(after.adminStateUp()).equals(after);
    }

    static void checkState(ConnectionFacts facts) {
        if (!CHANGEABLE.contains(facts.status()) || !facts.settled()) {
            throw new Problem.Conflict(
                    ProblemCode.WRONG_STATE,
                    "",
                    "the connection is %s: only an active or suspended one can be changed"
                            .formatted(Json.word(facts.status())),
                    List.of());
        }
    }

    static List<Plan.Change> changes(Reservation before, Reservation after, Connection wanted, ConnectionFacts facts) {
        var words = new ArrayList<String>();
        if (wanted.adminStateUp() != facts.desired().adminStateUp()) {
            words.add(wanted.adminStateUp() ? "open the gateway" : "close the gateway; the network stays");
        }
        if (!before.sites().equals(after.sites())) {
            words.add("path %s, now %s".formatted(after.sites(), before.sites()));
        }
        if (before.bandwidthMbps() != after.bandwidthMbps()) {
            words.add("bandwidth %d Mbit/s, now %d".formatted(after.bandwidthMbps(), before.bandwidthMbps()));
        }
        if (before.mtu() != after.mtu()) {
            words.add("MTU %d, now %d".formatted(after.mtu(), before.mtu()));
        }
        return words.isEmpty()
                ? List.of()
                : facts.sides().stream()
                        .map(side -> new Plan.Change(side.site(), "update", String.join("; ", words)))
                        .toList();
    }
}
