package io.isthmus.server.api;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ProbeReport;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.l3.Transit;
import io.isthmus.core.path.Path;
import io.isthmus.core.side.Side;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.StepError;
import io.isthmus.store.Json;
import io.isthmus.store.Stored;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Connections and plans as clients see them. */
final class ConnectionView {
    static final Set<String> FIELDS = Set.of(
            "id",
            "name",
            "project_id",
            "local_endpoint",
            "remote_endpoint",
            "service",
            "bandwidth_mbps",
            "max_latency_ms",
            "encryption",
            "path",
            "mtu",
            "address_policy",
            "on_failure",
            "admin_state_up",
            "expires_at",
            "drift_policy",
            "status",
            "oper_status",
            "sync_status",
            "vni",
            "transit_prefix",
            "nat",
            "measured",
            "liveness",
            "sides",
            "last_error",
            "deadline_at",
            "operation_id",
            "created_at",
            "updated_at",
            "revision",
            "tags");

    /** Scalar fields that no column has. */
    static final Set<String> DERIVED =
            Set.of("expires_at", "drift_policy", "vni", "transit_prefix", "deadline_at", "operation_id");

    private ConnectionView() {}

    static ObjectNode of(Stored<ConnectionFacts> stored, Optional<UUID> operation) {
        var facts = stored.value();
        var reservation = facts.reservation();
        ObjectNode document = Json.MAPPER.valueToTree(facts.desired());
        document.set("path", path(document.required("path"), reservation, facts.pathInUse()));
        document.set("mtu", mtu(facts));
        document.put("status", Json.word(facts.status()));
        document.put("oper_status", Json.word(facts.operStatus()));
        document.put("sync_status", Json.word(facts.syncStatus()));
        document.set("vni", Json.MAPPER.valueToTree(reservation.map(Reservation::vni)));
        document.set(
                "transit_prefix",
                Json.MAPPER.valueToTree(
                        reservation.flatMap(Reservation::transit).map(Transit::prefix)));
        nat(document, reservation.flatMap(Reservation::transit));
        document.set("measured", facts.probe().map(ConnectionView::measured).orElse(Json.MAPPER.nullNode()));
        document.set("liveness", Json.MAPPER.valueToTree(facts.liveness()));
        var sides = document.putObject("sides");
        sides.set("local", side(facts.local(), facts.desired().localEndpoint(), reservation));
        sides.set("remote", side(facts.remote(), facts.desired().remoteEndpoint(), reservation));
        document.set("last_error", error(facts.lastError()));
        document.set("deadline_at", Json.MAPPER.valueToTree(facts.deadlineAt()));
        document.set("operation_id", Json.MAPPER.valueToTree(operation));
        return Reply.withRecord(document, stored);
    }

    /** Which prefixes of which side the other side knows by another name. */
    private static void nat(ObjectNode document, Optional<Transit> transit) {
        var list = document.putArray("nat");
        transit.ifPresent(joining -> {
            for (var role : SideRole.values()) {
                joining.share(role)
                        .translations()
                        .forEach(translation -> list.addObject()
                                .put("side", Json.word(role))
                                .put("prefix", translation.prefix().text())
                                .put(
                                        "translated_prefix",
                                        translation.translatedPrefix().text()));
            }
        });
    }

    /** The plan of a connection that would be made. */
    static ObjectNode of(Plan plan, List<String> sites) {
        var body = Json.MAPPER.createObjectNode();
        var document = body.putObject("plan");
        document.set("path", path(plan.path()));
        document.put("mtu", plan.mtu());
        document.put("vni", plan.vni());
        document.put("bandwidth_mbps", plan.bandwidthMbps());
        var sides = document.putObject("sides");
        sides.putObject("local").put("site", sites.getFirst()).set("vlan", Json.MAPPER.valueToTree(plan.localVlan()));
        sides.putObject("remote").put("site", sites.getLast()).set("vlan", Json.MAPPER.valueToTree(plan.remoteVlan()));
        changes(document, plan.changes());
        return body;
    }

    /** The plan of a change that touches only these things. */
    static ObjectNode of(List<Plan.Change> changes) {
        var body = Json.MAPPER.createObjectNode();
        changes(body.putObject("plan"), changes);
        return body;
    }

    private static void changes(ObjectNode document, List<Plan.Change> changes) {
        var list = document.putArray("changes");
        changes.forEach(change -> list.addObject()
                .put("site", change.site().name())
                .put("step", change.step())
                .put("detail", change.detail()));
    }

    private static ObjectNode path(Path path) {
        var document = Json.MAPPER.createObjectNode();
        var sites = document.putArray("sites");
        path.sites().forEach(site -> sites.add(site.name()));
        var links = document.putArray("links");
        path.links().forEach(link -> links.add(link.id().toString()));
        return document.put("latency_ms", path.latencyMs());
    }

    /** What was asked of the path, and the path that it got. */
    private static JsonNode path(JsonNode asked, Optional<Reservation> reservation, List<String> inUse) {
        var document = (ObjectNode) asked;
        document.set(
                "sites",
                Json.MAPPER.valueToTree(reservation.map(Reservation::sites).orElse(List.of())));
        document.set(
                "links",
                Json.MAPPER.valueToTree(reservation.map(Reservation::links).orElse(List.of())));
        document.set("latency_ms", Json.MAPPER.valueToTree(reservation.map(Reservation::latencyMs)));
        document.set("in_use", inUse.isEmpty() ? Json.MAPPER.nullNode() : Json.MAPPER.valueToTree(inUse));
        return document;
    }

    private static ObjectNode mtu(ConnectionFacts facts) {
        var document = Json.MAPPER.createObjectNode();
        document.set("requested", Json.MAPPER.valueToTree(facts.desired().mtu()));
        document.set("computed", Json.MAPPER.valueToTree(facts.reservation().map(Reservation::mtu)));
        document.set("measured", number(facts.probe().map(ProbeReport::mtu).orElse(OptionalInt.empty())));
        document.set("limited_by", Json.MAPPER.valueToTree(facts.probe().flatMap(ProbeReport::narrowest)));
        return document;
    }

    private static JsonNode measured(ProbeReport report) {
        var document = Json.MAPPER.createObjectNode();
        document.put("rtt_ms", report.rttMs());
        document.put("loss", report.loss());
        document.put("at", report.at().toString());
        document.set("local_to_remote", direction(report.localToRemote()));
        document.set("remote_to_local", direction(report.remoteToLocal()));
        return document;
    }

    private static ObjectNode direction(ProbeReport.Direction direction) {
        var document = Json.MAPPER.createObjectNode();
        document.put("rtt_ms", direction.rttMs());
        document.put("loss", direction.loss());
        document.set("mtu", number(direction.mtu()));
        return document;
    }

    private static ObjectNode side(Side side, UUID endpoint, Optional<Reservation> reservation) {
        var document = Json.MAPPER.createObjectNode();
        document.put("site", side.site().name());
        document.put("endpoint_id", endpoint.toString());
        document.put("status", Json.word(side.status()));
        document.set("vlan", Json.MAPPER.valueToTree(reservation.map(held -> held.vlan(side.role()))));
        SideFacts.addTo(document, side.facts());
        document.set("facts", Json.MAPPER.valueToTree(side.facts()));
        document.set("last_error", error(side.lastError()));
        document.set("drift", Json.MAPPER.valueToTree(side.drift()));
        return document;
    }

    private static JsonNode error(Optional<StepError> error) {
        return Json.MAPPER.valueToTree(error);
    }

    private static JsonNode number(OptionalInt number) {
        return number.isPresent() ? Json.MAPPER.getNodeFactory().numberNode(number.getAsInt()) : Json.MAPPER.nullNode();
    }
}
