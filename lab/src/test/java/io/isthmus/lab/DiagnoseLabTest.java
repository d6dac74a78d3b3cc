package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Faults are put into the lab one by one, and each time the first finding must name the site, the layer and the fault.
 */
final class DiagnoseLabTest extends LabTest {
    private static final int MAY_BE_WRONG = 1;

    private final ShiftedKeystone keystone = new ShiftedKeystone(lab.keystoneOf("d"));
    private final LabUser user = LabUser.create(lab.keystoneOf("d"), "isthmus-of-d");

    @Override
    String[] nodeOptions() {
        // The patrol would repair some of the faults before they are looked at.
        return new String[] {"--patrol-interval", "3600s"};
    }

    @Override
    String moreCredentials() {
        return user.credential("openstack-d");
    }

    @AfterAll
    void removeUser() {
        keystone.close();
        user.close();
    }

    /** What came of one fault. */
    private record Row(String fault, String expected, String first, boolean right, int others, long millis) {
        @Override
        public String toString() {
            return "%-34s %-42s %-42s %-5s %2d more  %5d ms"
                    .formatted(fault, expected, right ? "as expected" : first, right ? "ok" : "WRONG", others, millis);
        }
    }

    @Test
    void theFirstFindingOfADiagnosisNamesTheFault() {
        node.call(
                        "PATCH",
                        "/v1/sites/d",
                        java.util.Map.of(
                                "cloud",
                                java.util.Map.of("auth_url", keystone.authUrl(), "credential_id", "openstack-d")))
                .expect(200);
        var connection = active(node.connect("b", "d", "10.61.0.0/24", java.util.Map.of()));
        assertThat(diagnose(connection).get("findings")).as("before any fault").isEmpty();
        var rows = new ArrayList<Row>();
        for (var fault : LabFaults.all(lab, connection, keystone, user)) {
            try {
                fault.inject().run();
                rows.add(look(connection, fault));
                System.out.println(rows.getLast());
            } finally {
                fault.undo().run();
                if (fault.needsRepair()) {
                    node.call("POST", path(connection) + "/reconcile", null).expect(202);
                    // Else the repair could come after the next fault, and mend that one too.
                    waitUntilNothingIsWrong(connection);
                }
            }
        }
        System.out.println("fault                              expected site/layer/code");
        rows.forEach(System.out::println);
        var right = rows.stream().filter(Row::right).count();
        System.out.println(right + " of " + rows.size() + " faults were told right");
        assertThat(rows).hasSizeGreaterThanOrEqualTo(20);
        assertThat(rows.stream().filter(row -> !row.right())).hasSizeLessThanOrEqualTo(MAY_BE_WRONG);
        waitUntilNothingIsWrong(connection);
    }

    private void waitUntilNothingIsWrong(JsonNode connection) {
        await("nothing is wrong any more")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(
                        () -> assertThat(diagnose(connection).get("findings")).isEmpty());
    }

    /** Asks until the fault is told or its time is up: BFD needs a second to see it, Neutron up to a minute. */
    private Row look(JsonNode connection, LabFaults.Fault fault) {
        var end = System.nanoTime() + fault.limit().toNanos();
        var last = diagnose(connection);
        while (!first(last).equals(fault.expected()) && System.nanoTime() < end) {
            last = diagnose(connection);
        }
        var first = first(last);
        return new Row(
                fault.name(),
                fault.expected(),
                first,
                first.equals(fault.expected()),
                Math.max(0, last.get("findings").size() - 1),
                last.get("duration_ms").asLong());
    }

    private static String first(JsonNode diagnosis) {
        var findings = diagnosis.get("findings");
        if (findings.isEmpty()) {
            return "nothing";
        }
        var finding = findings.get(0);
        return String.join(
                "/",
                List.of(
                        finding.get("site").asString(),
                        finding.get("layer").asString(),
                        finding.get("code").asString()));
    }

    private JsonNode diagnose(JsonNode connection) {
        return node.call("POST", path(connection) + "/diagnose", null)
                .expect(200)
                .body();
    }

    private static String path(JsonNode connection) {
        return "/v1/connections/" + connection.get("id").asString();
    }
}
