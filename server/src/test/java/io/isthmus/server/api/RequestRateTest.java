package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RequestRateTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void aBurstMayComeAtOnceAndThenOneWaits() {
        var rate = new RequestRate(10, 3);
        for (int each = 0; each < 3; each++) {
            assertThat(rate.take("ann", NOON)).isZero();
        }
        assertThat(rate.take("ann", NOON)).isEqualTo(Duration.ofMillis(100));
        assertThat(rate.take("ann", NOON.plusMillis(99))).isPositive();
        assertThat(rate.take("ann", NOON.plusMillis(100))).isZero();
        assertThat(rate.take("ann", NOON.plusMillis(100))).isPositive();
    }

    @Test
    void aRestFillsTheBucketAndNotMore() {
        var rate = new RequestRate(10, 2);
        rate.take("ann", NOON);
        var later = NOON.plusSeconds(3_600);
        assertThat(rate.take("ann", later)).isZero();
        assertThat(rate.take("ann", later)).isZero();
        assertThat(rate.take("ann", later)).isPositive();
    }

    @Test
    void callersDoNotWaitForOneAnother() {
        var rate = new RequestRate(1, 1);
        assertThat(rate.take("ann", NOON)).isZero();
        assertThat(rate.take("ann", NOON)).isPositive();
        assertThat(rate.take("bob", NOON)).isZero();
    }

    @Test
    void aClockThatGoesBackTakesNothingAway() {
        var rate = new RequestRate(1, 2);
        rate.take("ann", NOON);
        assertThat(rate.take("ann", NOON.minusSeconds(60))).isZero();
    }

    @Test
    void noRateIsNoLimit() {
        var rate = new RequestRate(0, 1);
        for (int each = 0; each < 10; each++) {
            assertThat(rate.take("ann", NOON)).isZero();
        }
    }
}
