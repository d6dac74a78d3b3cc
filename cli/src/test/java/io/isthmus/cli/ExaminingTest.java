package io.isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code diagnose}, {@code benchmark} and {@code gather}. */
class ExaminingTest {
    private static final String ID = "00000000-0000-4000-8000-000000000777";
    private static final String HEALTHY = """
        {"at": "2026-01-01T12:00:00Z", "duration_ms": 1200, "healthy": true, "findings": [],
         "checked": [{"site": "b", "side": "local", "layer": "access", "detail": "it answers"}], "not_checked": []}""";
    private static final String SICK = """
        {"connection_id": "%s", "at": "2026-01-01T12:00:00Z", "duration_ms": 1200, "healthy": false,
         "findings": [
           {"severity": "error", "site": "d", "side": "remote", "layer": "tunnel", "code": "vxlan_missing",
            "detail": "the connection's VXLAN device is gone", "evidence": ["vxlan vx1 is not there"],
            "remedy": "Have it repaired"},
           {"severity": "symptom", "site": "b", "side": "local", "layer": "overlay", "code": "remote_vtep_missing",
            "detail": "EVPN does not know d", "evidence": [], "remedy": "Look at d"}],
         "checked": [], "not_checked": []}""".formatted(ID);

    private final FakeIsthmus fake = new FakeIsthmus().withWorkedExample();

    @AfterEach
    void stop() {
        fake.close();
    }

    private void addConnection(String diagnosis) {
        fake.add("connections", "{\"id\": \"%s\", \"name\": \"sick\", \"status\": \"active\"}".formatted(ID));
        fake.answering("/v1/connections/" + ID + "/diagnose", diagnosis);
    }

    @Test
    void aDiagnosisNamesSiteLayerEvidenceAndRemedyAndFails() {
        addConnection(SICK);
        var run = Run.of(fake, "diagnose", "sick");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "connection sick: 1 error, 1 symptom",
                        "error  vxlan_missing",
                        "where    site d (remote), layer tunnel",
                        "seen     vxlan vx1 is not there",
                        "remedy   Have it repaired");
        assertThat(run.out().indexOf("vxlan_missing")).isLessThan(run.out().indexOf("remote_vtep_missing"));
    }

    @Test
    void aDiagnosisFitsTheTerminal() {
        addConnection(SICK);
        assertThat(Run.onTerminal(fake, 60, "diagnose", "sick").plainOut().lines())
                .allMatch(line -> line.length() <= 60);
    }

    @Test
    void aHealthyConnectionIsSaidToBeSoAndTheCommandSucceeds() {
        addConnection(HEALTHY);
        var run = Run.of(fake, "connection", "diagnose", "sick");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("nothing wrong was found", "healthy");
    }

    @Test
    void programsGetRowsOrTheWholeDocument() {
        addConnection(SICK);
        assertThat(Run.of(fake, "diagnose", "sick", "-f", "value", "-c", "site", "-c", "code")
                        .out())
                .isEqualTo("d vxlan_missing\nb remote_vtep_missing\n");
        assertThat(Run.of(fake, "diagnose", "sick", "-f", "json").out()).contains("\"duration_ms\" : 1200");
    }

    @Test
    void aSiteIsDiagnosedByItsName() {
        fake.answering("/v1/sites/d/diagnose", HEALTHY);
        assertThat(Run.of(fake, "diagnose", "d").out()).contains("site dc-d: nothing wrong was found");
    }

    @Test
    void whatIsNeitherConnectionNorSiteIsNotFound() {
        var run = Run.of(fake, "diagnose", "nowhere");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("There is no connection and no site nowhere.", "hint:");
    }

    @Test
    void aBenchmarkInAPipeWantsToBeMeant() {
        addConnection(HEALTHY);
        var run = Run.of(fake, "benchmark", "sick");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--yes");
    }

    @Test
    void aBenchmarkShowsBothDirections() {
        addConnection(HEALTHY);
        fake.answering("/v1/connections/" + ID + "/benchmark", """
            {"connection_id": "%s", "at": "2026-01-01T12:00:00Z", "time_s": 2, "rate_mbps": 100,
             "local_to_remote": {"sent": 100, "received": 99, "rtt_ms": {"min": 34.1, "p50": 35, "p95": 36, "p99": 37,
               "max": 38.5}, "throughput_mbps": 97.3, "retransmits": 4, "failure": null},
             "remote_to_local": {"sent": 100, "received": 0, "rtt_ms": {}, "throughput_mbps": null, "retransmits": null,
               "failure": "no probe had a reply"}}""".formatted(ID));
        var run = Run.of(fake, "benchmark", "sick", "--yes");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("p50 35, p95 36, p99 37, max 38.5 ms; 99 of 100", "97.3 Mbit/s", "failed      no probe");
    }

    @Test
    void aReportHoldsAManifestAndNoSecret(@TempDir Path folder) throws Exception {
        addConnection(SICK);
        fake.add(
                "sites",
                "{\"id\": \"z\", \"name\": \"z\", \"cloud\": {\"password\": \"swordfish\", \"credential_id\": \"c\"}}");
        var file = folder.resolve("report.tar.gz");
        var run = Run.of(fake, "gather", "--output", file.toString());
        assertThat(run.exitCode()).isZero();
        var text = new String(
                new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file))).readAllBytes(),
                StandardCharsets.UTF_8);
        assertThat(text)
                .startsWith("manifest.json")
                .contains("sites.json", "diagnosis/connections-" + ID + ".json", "vxlan_missing", "\"sha256\"")
                .contains("\"not_gathered\"", "credential_id")
                .doesNotContain("swordfish");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(Run.of(fake, "gather", "--output", file.toString()).exitCode())
                .isEqualTo(2);
    }
}
