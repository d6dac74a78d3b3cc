package io.isthmus.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.Example;
import io.isthmus.core.backup.BackupChoice.Candidate;
import io.isthmus.core.backup.BackupChoice.Rejected;
import io.isthmus.core.backup.Standing.Phase;
import io.isthmus.core.backup.StandingPolicy.News;
import io.isthmus.core.path.Path;
import io.isthmus.core.site.SiteId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StandingPolicyTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final StandingPolicy POLICY = StandingPolicy.USUAL;

    private Standing standing = Standing.kept(NOON);
    private final List<News> told = new ArrayList<>();

    private static Candidate candidate(SiteId site) {
        return new Candidate(
                site,
                1,
                List.of(new BackupChoice.Reason(Criterion.COST, Measure.of(1), 1)),
                new Path(List.of(Example.B), List.of()));
    }

    private static BackupReview good() {
        return new BackupReview(Optional.empty(), List.of());
    }

    /** The chosen d breaks its limit. */
    private static BackupReview broken(SiteId... candidates) {
        return new BackupReview(
                Optional.of(new Rejected(Example.D, "too slow", Limit.MAX_LATENCY_MS, Measure.of(17), Measure.of(15))),
                Arrays.stream(candidates).map(StandingPolicyTest::candidate).toList());
    }

    private void at(int seconds, BackupReview review) {
        var decision = POLICY.decide(standing, review, NOON.plusSeconds(seconds));
        standing = decision.next();
        decision.news().ifPresent(told::add);
    }

    @Test
    void aLimitThatStaysBrokenIsToldOnceWithAProposal() {
        at(0, broken(Example.A, Example.C));
        at(14, broken(Example.A, Example.C));
        assertThat(told).isEmpty();
        at(15, broken(Example.A, Example.C));
        at(60, broken(Example.A, Example.C));
        assertThat(told).containsExactly(News.BROKEN);
        assertThat(standing.proposal()).hasValue(Example.A);
        assertThat(standing.breach().orElseThrow())
                .isEqualTo(new Standing.Breach("max_latency_ms", "17", "15", "too slow"));
    }

    @Test
    void aProposalStaysWhileItWouldDoAndIsToldAnewWhenItWouldNot() {
        at(0, broken(Example.A));
        at(15, broken(Example.A));
        at(20, broken(Example.C, Example.A));
        assertThat(standing.proposal()).hasValue(Example.A);
        at(25, broken(Example.C));
        assertThat(standing.proposal()).hasValue(Example.C);
        at(30, broken());
        assertThat(standing.proposal()).isEmpty();
        assertThat(told).containsExactly(News.BROKEN, News.PROPOSAL_CHANGED, News.PROPOSAL_CHANGED);
    }

    @Test
    void whatIsGoodAgainForAWhileIsKeptAgain() {
        at(0, broken());
        at(15, broken());
        at(20, good());
        at(79, good());
        assertThat(standing.phase()).isEqualTo(Phase.MENDING);
        at(80, good());
        assertThat(standing).isEqualTo(Standing.kept(NOON.plusSeconds(80)));
        assertThat(told).containsExactly(News.BROKEN, News.KEPT_AGAIN);
    }

    @Test
    void aShortBreakIsNotTold() {
        at(0, broken(Example.A));
        at(10, good());
        at(20, broken(Example.A));
        at(30, good());
        assertThat(told).isEmpty();
        assertThat(standing.phase()).isEqualTo(Phase.KEPT);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void howeverItFlapsBrokenAndKeptTakeTurnsAndAreFarEnoughApart(long seed) {
        var random = new SplittableRandom(seed);
        var turns = new ArrayList<News>();
        var lastBroken = Optional.<Integer>empty();
        for (int second = 0; second < 20_000; second += random.nextInt(1, 20)) {
            int before = told.size();
            at(second, random.nextInt(10) < 4 + seed % 5 ? broken(Example.A) : good());
            if (told.size() > before) {
                assertThat(told.size()).isEqualTo(before + 1);
                turns.add(told.getLast());
                if (told.getLast() == News.BROKEN) {
                    int now = second;
                    lastBroken.ifPresent(then -> assertThat(now - then).isGreaterThanOrEqualTo(75));
                    lastBroken = Optional.of(second);
                }
            }
        }
        for (int turn = 0; turn < turns.size(); turn++) {
            assertThat(turns.get(turn)).isEqualTo(turn % 2 == 0 ? News.BROKEN : News.KEPT_AGAIN);
        }
    }
}
