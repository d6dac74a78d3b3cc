package io.isthmus.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A snapshot of the world that another is compared with while ids may change: an object that was made anew has another id, and
 * so have the devices that are named after it.
 *
 * @param known ids that must stay as they are
 * @param lines of the snapshot, without other ids
 */
record Sighting(List<String> known, List<String> lines) {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    /** Times, hardware addresses that Neutron chooses, an agent's own numbers, and devices named after a port's id. */
    private static final Pattern CHOSEN =
            Pattern.compile("\"(created_at|mac_address)\":\"[^\"]*\"|\\b(qr|tap)-?[0-9a-f]{8}-[0-9a-f]{2}\\b"
                    + "|(?<=switch br-int port=\\S{1,15} )tag=\\S+|attached-mac\",\"[0-9a-f:]{17}");

    Sighting {
        known = List.copyOf(known);
        lines = List.copyOf(lines);
    }

    /** Waits until what agents still do is done. */
    static Sighting settled(LabDescription lab, List<String> before, List<String> ids) {
        var known = new HashSet<>(ids);
        before.forEach(line -> ID.matcher(line).results().forEach(id -> known.add(id.group())));
        var last = new ArrayList<List<String>>();
        last.add(List.of());
        org.awaitility.Awaitility.await("nothing changes by itself any more")
                .atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(3))
                .until(() -> {
                    var now = World.snapshot(lab);
                    return now.equals(last.set(0, now));
                });
        return new Sighting(List.copyOf(known), plain(last.getFirst(), known));
    }

    /** What is otherwise at one site; empty if nothing is. */
    List<String> differences(LabDescription lab, String site) {
        return differences(World.of(lines, site), World.of(plain(World.snapshot(lab, site), Set.copyOf(known)), site));
    }

    /** What is otherwise anywhere. */
    List<String> differences(LabDescription lab) {
        return differences(lines, plain(World.snapshot(lab), Set.copyOf(known)));
    }

    private static List<String> differences(List<String> then, List<String> now) {
        var differences = new ArrayList<String>();
        then.stream().filter(line -> !now.contains(line)).forEach(line -> differences.add("- " + line));
        now.stream().filter(line -> !then.contains(line)).forEach(line -> differences.add("+ " + line));
        if (differences.isEmpty() && then.size() != now.size()) {
            differences.add(then.size() + " lines, and now " + now.size());
        }
        return differences;
    }

    private static List<String> plain(List<String> snapshot, Set<String> known) {
        return snapshot.stream()
                .map(line -> ID.matcher(line).replaceAll(id -> known.contains(id.group()) ? id.group() : "ID"))
                .map(line -> CHOSEN.matcher(line).replaceAll("CHOSEN"))
                .toList();
    }
}
