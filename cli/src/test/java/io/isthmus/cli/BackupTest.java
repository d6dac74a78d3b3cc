package io.isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
}
