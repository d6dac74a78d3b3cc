package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Somebody changes one thing at a time at the sites of two connections, drawn by a seed: each change must be told by its
 * object and field and be put back, and what is somebody else's must be told and left alone. The system property
 * {@code isthmus.drift.seed} draws the same ones again, and {@code isthmus.drift.number} another number of them.
 */
final class DriftLabTest extends LabTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(25);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int FREQUENT = 30;
    private static final int ALL = 100;

    private Sighting sighting = new Sighting(List.of(), List.of());

    @Override
    String[] nodeOptions() {
        // Only what is asked for shall be found.
        return new String[] {"--patrol-interval", "3600s"};
    }

    @Test
    void someMutationsAreAllFoundAndRepaired() {
        mutate(FREQUENT, "10.71.0", 1);
    }

    @Tag("long")
    @Test
    void aHundredMutationsAreAllFoundAndRepaired() {
        mutate(Integer.getInteger("isthmus.drift.number", ALL), "10.72.0", System.nanoTime());
    }

    /** What came of one mutation. */
    private record Row(Mutation mutation, boolean found, boolean mended, long millis, String said) {}

    private void mutate(int number, String prefix, long usualSeed) {
        var seed = Long.getLong("isthmus.drift.seed", usualSeed);
        System.out.println("seed " + seed + ": -Disthmus.drift.seed=" + seed + " draws the same mutations");
        var random = new SplittableRandom(seed);
        var before = World.snapshot(lab);
        var rows = new ArrayList<Row>();
        var left = new ArrayList<String>();
        try (var inB = TenantRouter.make(lab, "b", "10.0.0");
                var inD = TenantRouter.make(lab, "d", "10.0.0")) {
            var stretched = active(node.connect(
                    "b",
                    "d",
                    prefix + ".0/24",
                    Map.of("bandwidth_mbps", 20, "path", Map.of("include_sites", List.of("c")))));
            var routed = active(routed(inB, inD));
            var kinds = new ArrayList<Drawer>();
            for (var role : List.of("local", "remote")) {
                var tenant = role.equals("local") ? inB : inD;
                addAll(kinds, stretched, role, GatewayMutations.ofStretched(lab, stretched, side(stretched, role)));
                addAll(kinds, routed, role, GatewayMutations.ofTranslator(lab, routed, side(routed, role)));
                addAll(
                        kinds,
                        stretched,
                        role,
                        NeutronMutations.ofStretched(
                                lab,
                                side(stretched, role).get("site").asString(),
                                id(stretched),
                                prefix,
                                () -> side(node.connection(id(stretched)), role)));
                addAll(
                        kinds,
                        routed,
                        role,
                        NeutronMutations.ofTransit(
                                lab,
                                side(routed, role).get("site").asString(),
                                tenant,
                                () -> side(node.connection(id(routed)), role)));
            }
            sighting =
                    Sighting.settled(lab, before, List.of(id(stretched), id(routed), inB.routerId(), inD.routerId()));
            for (var drawer : drawn(kinds, number, random)) {
                rows.add(look(drawer, random));
                System.out.println(line(rows.getLast()));
            }
            tell(rows, kinds.size());
            left.addAll(sighting.differences(lab));
            node.deleteAndWait(id(routed));
            node.deleteAndWait(id(stretched));
        }
        await("the world is as it was")
                .atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(World.snapshot(lab)).containsExactlyElementsOf(before));
        assertThat(left).isEmpty();
        assertThat(rows.stream().filter(row -> !row.found() || !row.mended()).map(DriftLabTest::line))
                .isEmpty();
    }

    /** A kind of mutation, at one side of one connection. */
    private record Drawer(String connection, String role, Mutations.Kind kind) {}

    private static void addAll(List<Drawer> kinds, JsonNode connection, String role, Mutations mutations) {
        mutations.kinds().forEach(kind -> kinds.add(new Drawer(id(connection), role, kind)));
    }

    /** Each kind once before any comes again. */
    private static List<Drawer> drawn(List<Drawer> kinds, int number, SplittableRandom random) {
        var drawn = new ArrayList<Drawer>();
        while (drawn.size() < number) {
            var deck = new ArrayList<>(kinds);
            java.util.Collections.shuffle(deck, new java.util.Random(random.nextLong()));
            drawn.addAll(deck);
        }
        return drawn.subList(0, number);
    }

    private Row look(Drawer drawer, SplittableRandom random) {
        var mutation = drawer.kind().draw(random);
        var start = Instant.now();
        try {
            mutation.inject().run();
        } catch (IllegalStateException refused) {
            return new Row(mutation, false, false, 0, "could not be made: " + refused.getMessage());
        }
        reconcile(drawer);
        var wanted = mutation.isLeftAlone() ? "left_alone" : "repaired";
        var found = holds(() -> !findings(drawer, mutation, start).isEmpty());
        var said = holds(() -> findings(drawer, mutation, start).contains(wanted));
        if (mutation.isLeftAlone()) {
            mutation.undo().run();
            reconcile(drawer);
            said &= holds(() -> drift(drawer).stream()
                    .noneMatch(entry -> entry.get("action").asString().equals("left_alone")));
        }
        var mended = said
                && holds(() -> inSync(drawer))
                && holds(() -> sighting.differences(lab, mutation.site()).isEmpty());
        var millis = Duration.between(start, Instant.now()).toMillis();
        return new Row(mutation, found, mended, millis, found && mended ? "" : evidence(drawer, mutation));
    }

    private String evidence(Drawer drawer, Mutation mutation) {
        return drift(drawer) + " "
                + side(node.connection(drawer.connection()), drawer.role()).get("last_error") + " "
                + sighting.differences(lab, mutation.site());
    }

    private static boolean holds(java.util.concurrent.Callable<Boolean> condition) {
        try {
            await().atMost(SOON).pollInterval(POLL).pollDelay(Duration.ZERO).until(condition);
            return true;
        } catch (ConditionTimeoutException _) {
            return false;
        }
    }

    private void reconcile(Drawer drawer) {
        node.call("POST", "/v1/connections/" + drawer.connection() + "/reconcile", null)
                .expect(202);
    }

    private boolean inSync(Drawer drawer) {
        return node.connection(drawer.connection())
                .get("sync_status")
                .asString()
                .equals("in_sync");
    }

    /** What becomes of the findings that tell of the mutation. */
    private List<String> findings(Drawer drawer, Mutation mutation, Instant since) {
        return drift(drawer).stream()
                .filter(entry -> entry.get("object").asString().equals(mutation.object())
                        && entry.get("field").asString().equals(mutation.field())
                        && !Instant.parse(entry.get("found_at").asString()).isBefore(since))
                .map(entry -> entry.get("action").asString())
                .toList();
    }

    private List<JsonNode> drift(Drawer drawer) {
        return side(node.connection(drawer.connection()), drawer.role())
                .get("drift")
                .valueStream()
                .toList();
    }

    private JsonNode routed(TenantRouter inB, TenantRouter inD) {
        return node.call(
                        "POST",
                        "/v1/connections",
                        Map.of(
                                "name",
                                "routed",
                                "service",
                                "l3",
                                "address_policy",
                                "nat",
                                "local_endpoint",
                                Map.of("site", "b", "network", Map.of("router_id", inB.routerId())),
                                "remote_endpoint",
                                Map.of("site", "d", "network", Map.of("router_id", inD.routerId()))))
                .expect(202)
                .body();
    }

    private static void tell(List<Row> rows, int catalogue) {
        var byKind = new TreeMap<String, List<Row>>();
        rows.forEach(row -> byKind.computeIfAbsent(row.mutation().kind(), _ -> new ArrayList<>())
                .add(row));
        byKind.forEach((kind, all) -> System.out.printf(
                "%-46s %2d drawn  %2d found  %2d %s%n",
                kind,
                all.size(),
                all.stream().filter(Row::found).count(),
                all.stream().filter(Row::mended).count(),
                all.getFirst().mutation().isLeftAlone() ? "left alone" : "repaired"));
        var counts = new HashMap<Boolean, Long>();
        rows.forEach(row -> counts.merge(row.mutation().isLeftAlone(), row.mended() ? 1L : 0L, Long::sum));
        System.out.printf(
                "%d of %d found, %d repaired, %d foreign ones left alone; %d kinds of a catalogue of %d; %d s%n",
                rows.stream().filter(Row::found).count(),
                rows.size(),
                counts.getOrDefault(false, 0L),
                counts.getOrDefault(true, 0L),
                byKind.size(),
                catalogue,
                rows.stream().mapToLong(Row::millis).sum() / 1000);
    }

    private static String line(Row row) {
        return "%s %-46s %-7s %-8s %5d ms %s"
                .formatted(
                        row.mutation().site(),
                        row.mutation().kind(),
                        row.found() ? "found" : "MISSED",
                        row.mended() ? "mended" : "NOT MENDED",
                        row.millis(),
                        row.said());
    }

    private static JsonNode side(JsonNode connection, String role) {
        return connection.at("/sides/" + role);
    }

    private static String id(JsonNode connection) {
        return connection.get("id").asString();
    }
}
