package io.isthmus.cli.diagnosis;

import io.isthmus.cli.command.Resource;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.connection.Connections;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Facts;
import io.isthmus.cli.output.Kind;
import io.isthmus.cli.output.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code isthmus benchmark CONNECTION}. */
public final class Benchmark {
    private static final int USUAL_TIME_S = 5;
    private static final Kind KIND = new Kind("benchmark", "benchmarks", List.of(), Set.of());

    private Benchmark() {}

    public static CommandSpec of(Session session) {
        var syntax = new Syntax(
                "benchmark",
                session,
                "Measure round trips and throughput of a connection between its probe ports. It loads the links of the path,"
                        + " so it asks first.");
        var name = syntax.argument("CONNECTION", "Its id or name.");
        var time = syntax.number("--time", "S", "Send so many seconds in each direction, 1 to 10 (default: 5).");
        var rate = syntax.number(
                "--rate", "MBPS", "Send at most so fast (default: the connection's bandwidth, else 100).");
        var yes = syntax.flag("--yes", "Do not ask.");
        var output = syntax.output();
        syntax.examples("isthmus benchmark b-d", "isthmus benchmark b-d --rate 50 --time 2 --yes");
        return syntax.does(() -> {
            int seconds = time.value().orElse(USUAL_TIME_S);
            var resource = new Resource(Connections.KIND, session.api());
            var connection = resource.get(name.required()).body();
            if (!yes.get()) {
                ask(session, connection, seconds);
            }
            var query = new TreeMap<String, String>(Map.of("time_s", Integer.toString(seconds)));
            rate.value().ifPresent(mbps -> query.put("rate_mbps", Integer.toString(mbps)));
            var path = resource.path(Resource.id(connection)) + "/benchmark";
            var measured = session.api()
                    .post(path, Document.empty(), query, Duration.ofSeconds(60L + 4L * seconds))
                    .body();
            if (output.get().isForPeople()) {
                lines(connection, measured).forEach(session.surroundings().out()::line);
            } else {
                output.get().show(KIND, measured);
            }
            return failed(measured) ? ExitCode.FAILED : ExitCode.DONE;
        });
    }

    private static void ask(Session session, JsonNode connection, int seconds) {
        var screen = session.surroundings().out();
        if (!screen.terminal()) {
            throw Failure.usage("A benchmark loads the links that it crosses.", "hint: say --yes if that is meant");
        }
        screen.line("This loads " + Facts.path(connection.path("path")) + " for about " + (2 * seconds + 6) + " s.");
        screen.raw("Go on? [y/N] ");
        try {
            var answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            if (answer != null
                    && answer.strip().toLowerCase(java.util.Locale.ROOT).matches("y|yes")) {
                return;
            }
        } catch (IOException e) {
            // No answer is no consent.
        }
        throw new Failure(ExitCode.FAILED, "Nothing was measured.");
    }

    private static boolean failed(JsonNode measured) {
        return List.of("local_to_remote", "remote_to_local").stream()
                .anyMatch(
                        direction -> !Json.text(measured, direction, "failure").isEmpty());
    }

    private static List<String> lines(JsonNode connection, JsonNode measured) {
        var lines = new ArrayList<String>();
        lines.add(Facts.ends(connection) + "  " + Facts.path(connection.path("path")));
        direction(lines, connection, measured, "local", "remote");
        direction(lines, connection, measured, "remote", "local");
        return lines;
    }

    private static void direction(List<String> lines, JsonNode connection, JsonNode measured, String from, String to) {
        var direction = measured.path(from + "_to_" + to);
        lines.add("");
        lines.add("  " + Facts.end(connection, from) + " → " + Facts.end(connection, to));
        var rtt = direction.path("rtt_ms");
        if (rtt.has("p50")) {
            var words = new ArrayList<String>();
            for (var name : List.of("min", "p50", "p95", "p99", "max")) {
                words.add(name + " " + Text.number(rtt.path(name).asDouble(0)));
            }
            lines.add("    round trip  " + String.join(", ", words) + " ms; " + Text.of(direction.path("received"))
                    + " of " + Text.of(direction.path("sent")) + " probes came back");
        }
        if (direction.hasNonNull("throughput_mbps")) {
            lines.add("    throughput  "
                    + Text.number(direction.path("throughput_mbps").asDouble(0)) + " Mbit/s (asked for at most "
                    + Text.of(measured.path("rate_mbps")) + "), " + Text.of(direction.path("retransmits"))
                    + " retransmits in " + Text.of(measured.path("time_s")) + " s");
        }
        if (direction.hasNonNull("failure")) {
            lines.add("    failed      " + Text.of(direction.path("failure")));
        }
    }
}
