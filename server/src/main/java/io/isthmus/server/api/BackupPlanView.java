package io.isthmus.server.api;

import io.isthmus.core.backup.FleetPlan;
import io.isthmus.store.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A plan for a fleet as JSON. */
final class BackupPlanView {
    private BackupPlanView() {}

    static ObjectNode of(FleetPlan plan) {
        var body = Json.MAPPER.createObjectNode();
        body.put("complete", plan.isComplete())
                .put("proven", plan.proven())
                .put("unplaced_at_least", plan.unplacedAtLeast())
                .put("cost", BackupView.points(plan.cost()))
                .put("cost_at_least", BackupView.points(plan.costAtLeast()));
        var assignments = body.putArray("assignments");
        for (var each : plan.assignments()) {
            var one = assignments.addObject().put("vnf", each.vnf().name());
            one.put("site", each.vnf().active().name());
            each.backup().ifPresentOrElse(backup -> one.put("backup", backup.name()), () -> one.putNull("backup"));
        }
        losses(body.putArray("losses"), plan);
        return body;
    }

    private static void losses(ArrayNode losses, FleetPlan plan) {
        for (var loss : plan.losses()) {
            var one = losses.addObject().put("kind", Json.word(loss.kind())).put("name", loss.name());
            var sites = one.putArray("sites");
            loss.sites().forEach(site -> sites.add(site.name()));
            one.put("fits", loss.withoutRoom().isEmpty());
            one.set("demand", Json.MAPPER.valueToTree(loss.demand()));
            var without = one.putArray("without_room");
            loss.withoutRoom().forEach(without::add);
            one.set("missing", Json.MAPPER.valueToTree(loss.missing()));
            one.set("missing_at_least", Json.MAPPER.valueToTree(loss.missingAtLeast()));
            loss.fullest()
                    .ifPresentOrElse(
                            fill -> one.putObject("fullest")
                                    .put("site", fill.site().name())
                                    .put("part", Math.round(fill.part() * 1000) / 1000.0),
                            () -> one.putNull("fullest"));
        }
    }
}
