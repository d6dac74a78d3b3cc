package io.isthmus.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class QuotaTest {
    private final Quota quota = new Quota("p", new Amounts(2, 4, 100));

    @Test
    void whatFitsExactlyIsAllowed() {
        assertThat(quota.exceeded(new Amounts(1, 2, 40), new Amounts(1, 2, 60))).isEmpty();
    }

    @Test
    void theFirstResourceThatIsExceededIsNamedWithItsFigures() {
        assertThat(quota.exceeded(new Amounts(1, 2, 40), new Amounts(1, 2, 61)))
                .contains(new Quota.Exceeded("bandwidth_mbps", 100, 40, 61));
        assertThat(quota.exceeded(new Amounts(2, 4, 100), new Amounts(1, 1, 1)))
                .contains(new Quota.Exceeded("connections", 2, 2, 1));
    }

    @Test
    void whoHasTooMuchAlreadyMayStillAskForOtherThings() {
        assertThat(quota.exceeded(new Amounts(9, 1, 900), Amounts.ONE_ENDPOINT)).isEmpty();
    }

    @Test
    void noLimitIsNeverExceededAndZeroAlways() {
        var none = new Quota("p", new Amounts(-1, -1, -1));
        assertThat(none.exceeded(new Amounts(1 << 30, 0, 0), new Amounts(1, 1, 1)))
                .isEmpty();
        assertThat(new Quota("p", new Amounts(0, 0, 0)).exceeded(new Amounts(0, 0, 0), Amounts.ONE_ENDPOINT))
                .isPresent();
        assertThatThrownBy(() -> new Quota("p", new Amounts(-2, 0, 0))).isInstanceOf(IllegalArgumentException.class);
    }
}
