package io.isthmus.southbound.frr;

import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.site.Gateway;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.GatewayWatcher;
import io.isthmus.southbound.frr.GatewayShell.Answer;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Watches by one script in one SSH channel, with one {@code ping} for each connection. */
final class FrrWatcher implements GatewayWatcher {
    /** Each costs the gateway a process; the others are probed by the patrol. */
    static final int MOST_CONNECTIONS = 200;

    /** Then it begins anew, so that a listener that is gone for the gateway's kernel only is not kept for ever. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final String WATCH = Script.resource("watch.sh");
    private static final Duration TOOL_LIMIT = Duration.ofSeconds(4);

    private final GatewayShell shell;

    FrrWatcher(GatewayShell shell) {
        this.shell = shell;
    }

    @Override
    public Failure watch(Gateway gateway, List<GatewayIntent> connections, Consumer<Seen> listener)
            throws InterruptedException {
        var target = Target.of(gateway);
        var script = script(gateway, target.management(), connections);
        var answer = shell.run(target, script, LONGEST, line -> seen(line).ifPresent(listener));
        return switch (answer) {
            case Answer.Refused(var failure) -> failure;
            case Answer.Unreachable(var failure) -> failure;
            case Answer.Silent(var reason) -> Failures.noAnswer(target, reason);
            case Answer.Ended(var status, var _, var errors) -> Failures.refused(target, "watch", status, errors);
        };
    }

    private static String script(Gateway gateway, FrrManagement management, List<GatewayIntent> connections) {
        var values = new LinkedHashMap<>(Script.values(gateway, management, TOOL_LIMIT));
        values.put(
                "watched",
                connections.stream()
                        .limit(MOST_CONNECTIONS)
                        .map(FrrWatcher::line)
                        .collect(Collectors.joining("\n")));
        return Script.whole("watch", values, WATCH);
    }

    private static String line(GatewayIntent intent) {
        var names = ConnectionNames.of(intent);
        return "%d %s %s %s".formatted(intent.vni(), names.probeNamespace(), names.probe(), intent.peerProbeAddress());
    }

    static Optional<Seen> seen(String line) {
        var words = line.split(" ", 2);
        return switch (words[0]) {
            case "looking" -> Optional.of(new Seen.Looking());
            case "up", "down" -> vni(words).map(vni -> new Seen.Answers(vni, words[0].equals("up")));
            case "hears", "deaf" -> vni(words).map(vni -> new Seen.Hears(vni, words[0].equals("hears")));
            case "links" -> words.length == 2 ? deafTo(words[1]) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> vni(String[] words) {
        return words.length == 2 && words[1].matches("\\d{1,8}")
                ? Optional.of(Integer.valueOf(words[1]))
                : Optional.empty();
    }

    /** A session that is down is one whose neighbour is not heard; in "init" it is heard, but does not hear. */
    private static Optional<Seen> deafTo(String text) {
        var documents = Parts.documents(text).filter(found -> found.size() == 2);
        return documents.map(found -> {
            var down = new HashSet<String>();
            for (var session : found.getFirst()) {
                if (session.path("status").asString("").equals("down")) {
                    down.add(session.path("peer").asString(""));
                }
            }
            var neighbours = new HashSet<Long>();
            for (var peer : peers(found.getLast()).properties()) {
                if (down.contains(peer.getKey())) {
                    neighbours.add(peer.getValue().path("remoteAs").asLong(0));
                }
            }
            return new Seen.DeafTo(neighbours);
        });
    }

    private static JsonNode peers(JsonNode summary) {
        return summary.has("peers")
                ? summary.path("peers")
                : summary.path("ipv4Unicast").path("peers");
    }
}
