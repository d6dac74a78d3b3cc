package io.isthmus.cli.connection;

import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Facts;
import io.isthmus.cli.output.Mark;
import io.isthmus.cli.output.Output;
import io.isthmus.cli.output.Screen;
import io.isthmus.cli.output.Style;
import io.isthmus.cli.output.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A plan as a difference: per site a line for what would be made (+), changed (~) or taken away (-). */
final class PlanText {
    private PlanText() {}

    /** For people as a difference, for programs as it came. */
    static void print(Output output, Screen screen, JsonNode plan) {
        if (output.isForPeople() && !output.choosesColumns()) {
            of(plan, screen.terminal() ? screen.width() : 1_000, screen.style()).forEach(screen::line);
        } else {
            output.show(Connections.PLAN, plan);
        }
    }

    static List<String> of(JsonNode plan, int width, Style style) {
        var lines = new ArrayList<String>();
        head(lines, plan);
        var bySite = new LinkedHashMap<String, List<JsonNode>>();
        for (var change : plan.path("changes").values()) {
            bySite.computeIfAbsent(Text.clean(Json.text(change, "site")), site -> new ArrayList<>())
                    .add(change);
        }
        bySite.forEach((site, changes) -> {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add("site " + style.bold(site));
            changes.forEach(change -> change(lines, change, width, style));
        });
        if (bySite.isEmpty()) {
            lines.add("Nothing would change at any site.");
        }
        lines.add("");
        lines.add("Nothing was changed: this is a dry run.");
        return lines;
    }

    private static void head(List<String> lines, JsonNode plan) {
        var path = Facts.path(plan.path("path"));
        if (!path.isEmpty()) {
            lines.add("path       " + path);
        }
        for (var name : List.of("mtu", "vni", "bandwidth_mbps")) {
            if (plan.hasNonNull(name)) {
                lines.add(Text.pad(name.replace("_mbps", ""), 11)
                        + Text.of(plan.path(name))
                        + (name.equals("bandwidth_mbps") ? " Mbit/s reserved" : ""));
            }
        }
    }

    private static void change(List<String> lines, JsonNode change, int width, Style style) {
        var step = Text.clean(Json.text(change, "step"));
        var sign = sign(step);
        var mark = switch (sign) {
            case "+" -> Mark.GOOD;
            case "-" -> Mark.BAD;
            default -> Mark.WARNING;
        };
        var text = step + "  " + Text.clean(Json.text(change, "detail"));
        var first = true;
        for (var line : Text.wrap(text, Math.max(30, width - 6))) {
            lines.add("  " + style.of(mark, (first ? sign + " " : "    ") + line));
            first = false;
        }
    }

    /** By the step's own verb. */
    private static String sign(String step) {
        var verb = step.toLowerCase(Locale.ROOT);
        if (verb.startsWith("create") || verb.startsWith("program") || verb.startsWith("add")) {
            return "+";
        }
        return verb.startsWith("remove") || verb.startsWith("delete") ? "-" : "~";
    }
}
