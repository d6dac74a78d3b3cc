package io.isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final String CHOICE = """
        {"candidates": [
           {"site": "a", "score": 81.5, "path": {"sites": ["b", "a"], "links": ["x"], "latency_ms": 5},
            "reasons": [{"criterion": "latency_ms", "value": 5, "score": 81.5}, {"criterion": "cost", "value": 1, "score": 0}]}],
         "rejected": [
           {"site": "d", "reason": "the fastest path takes 17.0 ms one way", "criterion": "max_latency_ms", "value": 17,
            "limit": 15}]}""";

    private final FakeIsthmus fake = new FakeIsthmus().withWorkedExample();

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void aSuggestionIsARankedTableFollowedByEveryRejectedSite() {
        fake.answering("/v1/backup-selections", CHOICE);
        var run = Run.of(fake, "backup", "suggest", "b", "--max-latency", "15", "--weight", "cost=2.5");
        assertThat(run.out()).isEqualTo("""
            rank  site  score  path   latency_ms  free_capacity  shared_risk  spare_balance  cost
            1     a     81.5   b → a  5                                                      1

            Rejected:
            site  criterion       value  limit  reason
            d     max_latency_ms  17     15     the fastest path takes 17.0 ms one way
            """);
        assertThat(run.exitCode()).isZero();
        var sent = fake.last("POST").body();
        assertThat(sent.path("site").asString()).isEqualTo("b");
        assertThat(sent.at("/constraints/max_latency_ms").asInt()).isEqualTo(15);
        assertThat(sent.at("/weights/cost").asDouble()).isEqualTo(2.5);
    }

    @Test
    void whatIsNoSiteIsTakenForAServerAndTheAnswerSaysWhatItsSpareNeeds() {
        fake.answering("/v1/backup-selections", """
            {"vnf": {"site": "b", "server_id": "5f9588de-1fc4-4b3c-8a1b-3d8f2a1c0001", "name": "fw", "flavor": "m1.medium",
                     "image_id": "img", "resources": {"vcpus": 4, "ram_mb": 8192, "disk_gb": 40}},
             "candidates": [{"site": "a", "score": 81.5, "path": {"sites": ["b", "a"], "links": ["x"], "latency_ms": 5},
                             "reasons": [{"criterion": "latency_ms", "value": 5, "score": 81.5}], "flavor": "present",
                             "image": "copyable"}], "rejected": []}""");
        var run = Run.of(fake, "backup", "suggest", "fw");
        assertThat(run.out()).isEqualTo("""
            fw (5f9588de-1fc4-4b3c-8a1b-3d8f2a1c0001) at b: 4 vCPUs, 8192 MB, 40 GB; flavour m1.medium, image img

            rank  site  score  path   latency_ms  free_capacity  shared_risk  spare_balance  cost  flavor   image
            1     a     81.5   b → a  5                                                            present  copyable
            """);
        assertThat(fake.last("POST").body().toString()).isEqualTo("{\"vnf\":{\"server\":\"fw\"}}");
        Run.of(fake, "backup", "suggest", "dc-b", "--server", "a");
        assertThat(fake.last("POST").body().toString()).isEqualTo("{\"vnf\":{\"server\":\"a\",\"site\":\"b\"}}");
        Run.of(fake, "backup", "suggest", "--server", "fw");
        assertThat(fake.last("POST").body().toString()).isEqualTo("{\"vnf\":{\"server\":\"fw\"}}");
    }

    @Test
    void whereNoSiteIsLeftTheExitCodeTells() {
        fake.answering("/v1/backup-selections", "{\"candidates\": [], \"rejected\": []}");
        var run = Run.of(fake, "backup", "suggest", "b");
        assertThat(run.out()).isEqualTo("No site can be the backup.\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void programsGetTheWholeAnswer() {
        fake.answering("/v1/backup-selections", CHOICE);
        assertThat(Run.of(fake, "backup", "suggest", "b", "-f", "json").out()).contains("\"candidates\"", "\"limit\"");
        assertThat(Run.of(fake, "backup", "suggest", "b", "--weight", "cost").exitCode())
                .isEqualTo(2);
        assertThat(Run.of(fake, "backup", "suggest").exitCode()).isEqualTo(2);
    }

    @Test
    void aPlanSaysWhichLossDoesNotFitAndByHowMuch(@TempDir Path folder) throws IOException {
        fake.answering("/v1/backup-plans", """
            {"complete": false, "proven": true, "unplaced_at_least": 1, "cost": 12.5, "cost_at_least": 12.5,
             "assignments": [{"vnf": "one", "site": "a", "backup": "c"}, {"vnf": "two", "site": "a", "backup": null}],
             "losses": [{"kind": "site", "name": "a", "sites": ["a"], "fits": false, "without_room": ["two"],
                         "demand": {"vcpus": 8, "ram_mb": 2, "disk_gb": 2},
                         "missing": {"vcpus": 4, "ram_mb": 1, "disk_gb": 1},
                         "missing_at_least": {"vcpus": 4, "ram_mb": 0, "disk_gb": 0}, "fullest": null}]}""");
        var file = folder.resolve("fleet.yaml");
        Files.writeString(file, "vnfs:\n- {name: one, site: a}\n- {name: two, site: a}\n");
        var run = Run.of(fake, "backup", "plan", "-F", file.toString(), "--survives", "site");
        assertThat(run.out()).isEqualTo("""
            vnf  site  backup
            one  a     c
            two  a

            There is no better plan.
            The loss of site a does not fit: two without room, 4 vCPUs, 1 MB and 1 GB missing.
            """);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(fake.last("POST").body().path("survives").asString()).isEqualTo("site");
        assertThat(fake.last("POST").body().at("/vnfs/1/name").asString()).isEqualTo("two");
        assertThat(Run.of(fake, "backup", "plan").exitCode()).isEqualTo(2);
    }
}
