package io.isthmus.server.api;

import io.isthmus.core.backup.BackupChoice;
import io.isthmus.core.backup.Measure;
import io.isthmus.core.backup.Readiness;
import io.isthmus.core.path.Path;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.Json;
import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A choice of backups as JSON. */
final class BackupView {
    private BackupView() {}

    static ObjectNode of(BackupChoice choice) {
        var body = Json.MAPPER.createObjectNode();
        var candidates = body.putArray("candidates");
        for (var candidate : choice.candidates()) {
            var one = candidates.addObject().put("site", candidate.site().name());
            one.put("score", points(candidate.score()));
            var reasons = one.putArray("reasons");
            for (var reason : candidate.reasons()) {
                var each = reasons.addObject().put("criterion", Json.word(reason.criterion()));
                put(each, "value", reason.value());
                each.put("score", points(reason.score()));
            }
            one.set("path", path(candidate.path()));
        }
        var rejected = body.putArray("rejected");
        for (var site : choice.rejected()) {
            var one = rejected.addObject()
                    .put("site", site.site().name())
                    .put("reason", site.reason())
                    .put("criterion", site.criterion().word());
            put(one, "value", site.value());
            put(one, "limit", site.limit());
        }
        return body;
    }

    /** With the VNF that is to be backed up, and what candidates have that its spare is built from. */
    static ObjectNode of(BackupReader.Active active, BackupChoice choice, Map<SiteId, Readiness> ready) {
        var body = of(choice);
        var vnf = active.vnf().orElseThrow();
        var shown = body.putObject("vnf")
                .put("site", active.site().name())
                .put("server_id", vnf.id())
                .put("name", vnf.name())
                .put("flavor", vnf.flavor())
                .put("image_id", vnf.imageId().orElse(null));
        shown.putObject("resources")
                .put("vcpus", vnf.resources().vcpus())
                .put("ram_mb", vnf.resources().ramMb())
                .put("disk_gb", vnf.resources().diskGb());
        int place = 0;
        for (var candidate : choice.candidates()) {
            var one = (ObjectNode) body.withArray("candidates").get(place++);
            var has = ready.get(candidate.site());
            if (has != null) {
                one.put("flavor", word(has.flavor()));
                one.put("image", has.image().map(BackupView::word).orElse(null));
            }
        }
        return body;
    }

    private static String word(Readiness.Part part) {
        return switch (part) {
            case Readiness.Part.Present _ -> "present";
            case Readiness.Part.Copyable _ -> "copyable";
            case Readiness.Part.Missing _ -> "missing";
        };
    }

    static BigDecimal points(long thousandths) {
        return BigDecimal.valueOf(thousandths, 3).stripTrailingZeros();
    }

    static ObjectNode path(Path path) {
        var document = Json.MAPPER.createObjectNode();
        var sites = document.putArray("sites");
        path.sites().forEach(site -> sites.add(site.name()));
        var links = document.putArray("links");
        path.links().forEach(link -> links.add(link.id().toString()));
        return document.put("latency_ms", path.latencyMs());
    }

    private static void put(ObjectNode document, String field, Measure measure) {
        switch (measure) {
            case Measure.Amount(var value)
            when value == Math.rint(value) && Math.abs(value) < 1e15 -> document.put(field, (long) value);
            case Measure.Amount(var value) -> document.put(field, value);
            case Measure.Words(var text) -> document.put(field, text);
            case Measure.Unknown() -> document.putNull(field);
        }
    }
}
