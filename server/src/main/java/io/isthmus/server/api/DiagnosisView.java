package io.isthmus.server.api;

import io.isthmus.core.diagnosis.Diagnosis;
import io.isthmus.core.diagnosis.Finding;
import io.isthmus.core.side.SideRole;
import io.isthmus.store.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Diagnoses and measurements as clients see them. */
final class DiagnosisView {
    private DiagnosisView() {}

    static void add(ObjectNode document, Diagnosis diagnosis) {
        document.put("healthy", diagnosis.isHealthy());
        var findings = document.putArray("findings");
        diagnosis.findings().forEach(finding -> add(findings.addObject(), finding));
        checks(document.putArray("checked"), diagnosis.healthy());
        checks(document.putArray("not_checked"), diagnosis.unchecked());
    }

    private static void add(ObjectNode item, Finding finding) {
        item.put("severity", Json.word(finding.severity()));
        item.put("site", finding.site().name());
        side(item, finding.side());
        item.put("layer", Json.word(finding.layer()));
        item.put("code", finding.code());
        item.put("detail", finding.detail());
        var evidence = item.putArray("evidence");
        finding.evidence().forEach(evidence::add);
        item.put("remedy", finding.remedy());
    }

    private static void checks(ArrayNode items, List<Diagnosis.Check> checks) {
        for (var check : checks) {
            var item = items.addObject().put("site", check.site().name());
            side(item, check.side());
            item.put("layer", Json.word(check.layer()));
            item.put("detail", check.detail());
        }
    }

    private static void side(ObjectNode item, Optional<SideRole> side) {
        item.set("side", Json.MAPPER.valueToTree(side.map(Json::word)));
    }

    static ObjectNode of(DiagnosisPort.Benchmark.Direction direction) {
        var document = Json.MAPPER.createObjectNode();
        var sorted = direction.rttMs().stream().sorted().toList();
        document.put("sent", direction.sent());
        document.put("received", sorted.size());
        var rtt = document.putObject("rtt_ms");
        if (!sorted.isEmpty()) {
            rtt.put("min", sorted.getFirst());
            rtt.put("p50", rank(sorted, 0.5));
            rtt.put("p95", rank(sorted, 0.95));
            rtt.put("p99", rank(sorted, 0.99));
            rtt.put("max", sorted.getLast());
        }
        document.set(
                "throughput_mbps",
                Json.MAPPER.valueToTree(direction.throughput().map(carried -> carried.mbps())));
        document.set(
                "retransmits", Json.MAPPER.valueToTree(direction.throughput().map(carried -> carried.retransmits())));
        document.set("failure", Json.MAPPER.valueToTree(direction.failure()));
        return document;
    }

    /** The smallest value that so many of all do not exceed (nearest rank). */
    private static double rank(List<Double> sorted, double share) {
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }
}
