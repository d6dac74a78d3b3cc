package io.isthmus.cli.diagnosis;

import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Mark;
import io.isthmus.cli.output.Screen;
import io.isthmus.cli.output.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A diagnosis as people read it: the verdict, each finding with evidence and remedy, and what is well. */
final class DiagnosisText {
    private static final int LABEL = 9;

    private final Screen screen;
    private final List<String> lines = new ArrayList<>();

    private DiagnosisText(Screen screen) {
        this.screen = screen;
    }

    static List<String> of(String title, JsonNode document, Screen screen) {
        var text = new DiagnosisText(screen);
        text.verdict(title, document);
        document.path("findings").values().forEach(text::finding);
        text.summary("healthy", document.path("checked"), false);
        text.summary("not checked", document.path("not_checked"), true);
        text.lines.add("");
        return text.lines;
    }

    private void verdict(String title, JsonNode document) {
        var findings = document.path("findings").values();
        var mark = findings.isEmpty() ? Mark.GOOD : Diagnose.hasError(document) ? Mark.BAD : Mark.WARNING;
        var words = new ArrayList<String>();
        for (var severity : List.of("error", "warning", "symptom")) {
            var count = findings.stream()
                    .filter(finding -> Json.text(finding, "severity").equals(severity))
                    .count();
            if (count > 0) {
                words.add(count + " " + severity + (count == 1 ? "" : "s"));
            }
        }
        lines.add(screen.style().of(mark, mark.sign()) + " "
                + screen.style().bold(Text.clean(title)) + ": "
                + (words.isEmpty() ? "nothing wrong was found" : String.join(", ", words)));
        lines.add("  "
                + screen.style()
                        .quiet(document.path("checked").size() + " checks passed; it took "
                                + Text.number(document.path("duration_ms").asDouble(0) / 1000) + " s"));
    }

    private void finding(JsonNode finding) {
        var severity = Json.text(finding, "severity");
        var mark = switch (severity) {
            case "error" -> Mark.BAD;
            case "warning" -> Mark.WARNING;
            default -> Mark.QUIET;
        };
        var side = Json.text(finding, "side");
        lines.add("");
        lines.add("  " + screen.style().of(mark, mark.sign() + " " + severity) + "  "
                + screen.style().bold(Text.clean(Json.text(finding, "code"))));
        labelled(
                "where",
                "site " + Json.text(finding, "site") + (side.isEmpty() ? "" : " (" + side + ")") + ", layer "
                        + Json.text(finding, "layer"));
        labelled("what", Json.text(finding, "detail"));
        for (var evidence : finding.path("evidence").values()) {
            if (!evidence.asString("").equals(Json.text(finding, "detail"))) {
                labelled("seen", evidence.asString(""));
            }
        }
        labelled("remedy", Json.text(finding, "remedy"));
    }

    private void labelled(String label, String text) {
        var width = screen.terminal() ? Math.max(40, screen.width()) : Integer.MAX_VALUE;
        var first = true;
        for (var line : Text.wrap(Text.clean(text), width - LABEL - 4)) {
            lines.add("    " + screen.style().quiet(Text.pad(first ? label : "", LABEL)) + line);
            first = false;
        }
    }

    /** One line for each site: its layers, and where asked the reasons. */
    private void summary(String title, JsonNode checks, boolean reasons) {
        var bySite = new LinkedHashMap<String, Set<String>>();
        for (var check : checks.values()) {
            var detail = reasons ? " (" + Text.clean(Json.text(check, "detail")) + ")" : "";
            bySite.computeIfAbsent(Text.clean(Json.text(check, "site")), site -> new LinkedHashSet<>())
                    .add(Text.clean(Json.text(check, "layer")) + detail);
        }
        if (bySite.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("  " + title);
        bySite.forEach((site, layers) -> labelled(site, String.join(", ", layers)));
    }
}
