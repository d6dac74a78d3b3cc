package io.isthmus.lab;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Everything outside of Isthmus that a connection could change, as text: gateways, Open vSwitches, Neutrons, namespaces. */
final class World {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private World() {}

    static List<String> snapshot(LabDescription lab) {
        return Command.run(LIMIT, lab.labCommand(), "snapshot").orFail().lines().toList();
    }

    /** What a snapshot tells of one site and of this machine, in a third of the time. */
    static List<String> snapshot(LabDescription lab, String site) {
        return Command.run(LIMIT, lab.labCommand(), "snapshot", "--site", site)
                .orFail()
                .lines()
                .toList();
    }

    /** The lines of a snapshot that tell of these sites. */
    static List<String> of(List<String> snapshot, String... sites) {
        var named = Pattern.compile("^(" + String.join("|", sites) + ") .*");
        return snapshot.stream().filter(line -> named.matcher(line).matches()).toList();
    }
}
