package io.isthmus.cli.connection;

import io.isthmus.cli.command.Verbs;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Facts;
import io.isthmus.cli.output.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What is said when the waiting is over. */
final class Ending {
    private Ending() {}

    static List<String> connected(JsonNode connection) {
        var lines = new ArrayList<String>();
        var oper = Text.clean(Json.text(connection, "oper_status"));
        lines.add("Connected " + Facts.ends(connection) + ": " + Text.clean(Json.text(connection, "status"))
                + (oper.isEmpty() ? "" : ", " + oper) + ".");
        lines.addAll(facts(connection));
        return lines;
    }

    static List<String> verified(JsonNode connection) {
        var lines = new ArrayList<String>();
        lines.add(Facts.ends(connection) + ": " + Text.clean(Json.text(connection, "oper_status")));
        lines.addAll(facts(connection));
        direction(lines, connection, "local", "remote");
        direction(lines, connection, "remote", "local");
        return lines;
    }

    private static void direction(List<String> lines, JsonNode connection, String from, String to) {
        var measured = connection.path("measured").path(from + "_to_" + to);
        if (measured.isObject()) {
            var mtu = measured.hasNonNull("mtu") ? ", MTU " + Text.of(measured.path("mtu")) : "";
            fact(
                    lines,
                    Facts.end(connection, from) + " → " + Facts.end(connection, to),
                    Facts.measured(measured) + mtu);
        }
    }

    static Failure notMeasured(JsonNode connection, int seconds) {
        return new Failure(
                ExitCode.TIMED_OUT,
                Facts.ends(connection) + ": nothing was measured within " + seconds + " s.",
                "hint: isthmus connection show " + Json.text(connection, "id") + " will show it when it is");
    }

    /** Path, measurements and MTU, as far as they are known. */
    static List<String> facts(JsonNode connection) {
        var lines = new ArrayList<String>();
        fact(lines, "name", Text.clean(Verbs.called(connection)));
        fact(lines, "path", Facts.path(connection.path("path")));
        fact(lines, "measured", Facts.measured(connection.path("measured")));
        fact(lines, "MTU", Facts.mtu(connection.path("mtu")));
        return lines;
    }

    private static void fact(List<String> lines, String name, String value) {
        if (!value.isEmpty()) {
            lines.add("  " + Text.pad(name, 10) + value);
        }
    }

    static Failure failed(JsonNode connection) {
        var status = Text.clean(Json.text(connection, "status"));
        var lines = new ArrayList<String>();
        var trouble = Trouble.of(connection);
        trouble.map(Trouble::detail).filter(detail -> !detail.isEmpty()).ifPresent(lines::add);
        trouble.map(Trouble::hint).filter(hint -> !hint.isEmpty()).ifPresent(hint -> lines.add("hint: " + hint));
        lines.add(
                switch (status) {
                    case "rolled_back" -> "Rolled back: nothing is left at " + sites(connection) + ".";
                    case "error" ->
                        "It needs a person; all that is known: isthmus connection show " + Json.text(connection, "id");
                    default -> "Status: " + status + ".";
                });
        return new Failure(
                ExitCode.FAILED,
                Facts.ends(connection) + " failed: "
                        + trouble.map(Trouble::summary).orElse(status),
                lines);
    }

    private static String sites(JsonNode connection) {
        return Facts.end(connection, "local") + " or " + Facts.end(connection, "remote");
    }

    static Failure timedOut(JsonNode connection, Duration timeout) {
        var lines = new ArrayList<String>();
        Trouble.of(connection).ifPresent(trouble -> {
            lines.add(trouble.summary() + ": " + trouble.detail());
            if (!trouble.hint().isEmpty()) {
                lines.add("hint: " + trouble.hint());
            }
        });
        lines.add("The work goes on; how far it is: isthmus connection show " + Json.text(connection, "id"));
        return new Failure(
                ExitCode.TIMED_OUT,
                "Not finished after " + timeout.toSeconds() + " s: " + Facts.ends(connection) + " is "
                        + Text.clean(Json.text(connection, "status")) + ".",
                lines);
    }

    static Failure gone(JsonNode connection) {
        return new Failure(ExitCode.FAILED, Facts.ends(connection) + " was deleted by somebody else meanwhile.");
    }
}
