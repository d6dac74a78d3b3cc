package io.isthmus.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.link.LatencyPolicy.News;
import io.isthmus.core.link.LatencyPolicy.Round;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a link that is declared with 10 ms: more than 13.5 ms is slow, 11.75 ms or less is not any more. */
final class LatencyPolicyTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final LatencyPolicy POLICY = LatencyPolicy.USUAL;

    private final List<Round> recent = new ArrayList<>();
    private final List<News> told = new ArrayList<>();
    private Optional<LinkSight> sight = Optional.empty();
    private int second;

    private void round(double... medians) {
        for (double median : medians) {
            recent.add(median == 0 ? Round.SILENT : new Round(median, 5));
            if (recent.size() > POLICY.rounds()) {
                recent.removeFirst();
            }
            second += 5;
            var decision = POLICY.decide(10, sight, List.copyOf(recent), NOON.plusSeconds(second));
            sight = decision.next();
            decision.news().ifPresent(told::add);
        }
    }

    @Test
    void aLinkThatWasNeverAnsweredIsNotKnown() {
        round(0, 0, 0, 0);
        assertThat(sight).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void theLatencyIsTheMedianOfTheLastRoundsAndStaysWhereOnlyNoiseMovedIt() {
        round(10.2, 10.3, 10.1);
        assertThat(sight).hasValue(new LinkSight(10.2, 15, NOON.plusSeconds(15), true, false));
        round(10.5, 10.5, 10.5);
        assertThat(sight.orElseThrow().latencyMs()).isEqualTo(10.2);
        round(11.2, 11.2, 11.2);
        assertThat(sight.orElseThrow().latencyMs()).isEqualTo(11.2);
        assertThat(told).isEmpty();
    }

    @Test
    void oneSlowRoundIsNotTold() {
        round(10, 10, 60, 10, 10, 60, 10);
        assertThat(told).isEmpty();
    }

    @Test
    void aLinkThatGrowsSlowIsToldOnceAndToldAgainWhenItIsAsDeclared() {
        round(10, 10, 10, 30, 30, 30, 30);
        assertThat(told).containsExactly(News.LATENCY_EXCEEDED);
        assertThat(sight.orElseThrow().latencyMs()).isEqualTo(30);
        assertThat(sight.orElseThrow().slow()).isTrue();
        round(12.5, 12.5, 12.5, 14, 12.5, 12.5);
        assertThat(told).as("within the limits it stays as it was").hasSize(1);
        round(10, 10, 10);
        assertThat(told).containsExactly(News.LATENCY_EXCEEDED, News.LATENCY_RESTORED);
        assertThat(sight.orElseThrow().slow()).isFalse();
    }

    @Test
    void aLinkThatNoLongerAnswersIsDownAfterThreeRoundsAndUpWithTheFirstReply() {
        round(10, 10, 10, 0, 0);
        assertThat(told).isEmpty();
        assertThat(sight.orElseThrow().answers()).isTrue();
        round(0, 0);
        assertThat(told).containsExactly(News.DOWN);
        assertThat(sight.orElseThrow().answers()).isFalse();
        assertThat(sight.orElseThrow().at()).isEqualTo(NOON.plusSeconds(35));
        round(10);
        assertThat(told).containsExactly(News.DOWN, News.UP);
    }

    @Test
    void whatWasSlowBeforeARestartIsNotToldAnew() {
        sight = Optional.of(new LinkSight(30, 15, NOON, true, true));
        round(30, 30, 30);
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void howeverItVariesExceededAndRestoredTakeTurnsAndSoDoDownAndUp(long seed) {
        var random = new SplittableRandom(seed);
        for (int times = 0; times < 5_000; times++) {
            round(random.nextInt(4) == 0 ? 0 : random.nextDouble(8, 18));
        }
        assertThat(told).isNotEmpty();
        for (var pair : List.of(List.of(News.LATENCY_EXCEEDED, News.LATENCY_RESTORED), List.of(News.DOWN, News.UP))) {
            var turns = told.stream().filter(pair::contains).toList();
            for (int turn = 0; turn < turns.size(); turn++) {
                assertThat(turns.get(turn)).isEqualTo(pair.get(turn % 2));
            }
        }
    }
}
