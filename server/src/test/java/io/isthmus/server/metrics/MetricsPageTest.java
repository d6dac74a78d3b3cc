package io.isthmus.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.store.Stores;
import io.isthmus.store.connection.ConnectionSurvey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class MetricsPageTest {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\| (\\w+) \\|(.*)\\| (.+) \\|");
    private static final Pattern NAME = Pattern.compile("\\b(isthmus|jvm|process)_[a-z_]+");

    @TempDir
    Path folder;

    /** Names and types, as the code registers them. */
    private Set<String> registered() {
        try (var stores = Stores.open(folder.resolve("isthmus.db"))) {
            var metrics = new Metrics();
            NodeMeters.ofConnections(metrics, new ConnectionSurvey(stores.database()));
            NodeMeters.ofQueues(metrics, List::of);
            var names = new TreeSet<String>();
            metrics.registry().scrape().forEach(each -> {
                var type =
                        each.getClass().getSimpleName().replace("Snapshot", "").toLowerCase(java.util.Locale.ROOT);
                var name = each.getMetadata().getPrometheusName();
                names.add(
                        switch (type) {
                            case "counter" -> name + "_total counter";
                            case "info" -> name + "_info info";
                            default -> name + " " + type;
                        });
            });
            return names;
        }
    }

    private static Set<String> documented() throws Exception {
        var names = new TreeSet<String>();
        for (var line : Files.readAllLines(Path.of("../docs/metrics.md"))) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                names.add(row.group(1) + " " + row.group(2));
            }
        }
        return names;
    }

    @Test
    void thePageNamesWhatTheCodeRegisters() throws Exception {
        assertThat(documented()).isEqualTo(registered());
    }

    @Test
    void everyQueryOfTheDashboardNamesMetricsThatExist() throws Exception {
        var series = new TreeSet<String>();
        for (var each : registered()) {
            var words = each.split(" ", 2);
            series.add(words[0]);
            if (words[1].equals("histogram")) {
                series.addAll(List.of(words[0] + "_bucket", words[0] + "_count", words[0] + "_sum"));
            } else if (words[1].equals("summary")) {
                series.addAll(List.of(words[0] + "_count", words[0] + "_sum"));
            }
        }
        var dashboard = new JsonMapper().readTree(Files.readString(Path.of("../docs/grafana/isthmus.json")));
        var queries =
                dashboard.findValues("expr").stream().map(JsonNode::asString).toList();
        assertThat(queries).hasSizeGreaterThan(10);
        for (var query : queries) {
            var names =
                    NAME.matcher(query).results().map(found -> found.group()).toList();
            assertThat(names).as(query).isNotEmpty();
            assertThat(series).as(query).containsAll(names);
        }
    }

    @Test
    void aScrapeIsTextWithWhatWasCounted() {
        var metrics = new Metrics();
        metrics.request("GET", "/v1/sites/{id}", 404, java.time.Duration.ofMillis(3));
        metrics.outwardCall("openstack", "b", "observe", "unreachable", java.time.Duration.ofMillis(40));
        metrics.token("refused");
        var page = metrics.page(Optional.empty());
        assertThat(page.mediaType()).startsWith("text/plain");
        assertThat(page.text())
                .contains("isthmus_http_requests_total{method=\"GET\",route=\"/v1/sites/{id}\",status=\"404\"} 1.0")
                .contains(
                        "isthmus_outward_call_duration_seconds_bucket{site=\"b\",technology=\"openstack\",le=\"0.05\"} 1")
                .contains("isthmus_tokens_total{result=\"refused\"} 1.0");
        assertThat(metrics.page(Optional.of("application/openmetrics-text")).mediaType())
                .startsWith("application/openmetrics-text");
    }
}
