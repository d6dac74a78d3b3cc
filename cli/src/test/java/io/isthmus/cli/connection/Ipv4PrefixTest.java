package io.isthmus.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4PrefixTest {
    private static Ipv4Prefix prefix(String text) {
        return Ipv4Prefix.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "10.64.0.0/24, 10.64.0.0/10, true",
        "10.64.0.0/24, 10.64.1.0/24, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "10.64.0.128/25, 10.64.0.0/25, false"
    })
    void prefixesOverlapWhenOneContainsTheOther(String one, String other, boolean overlap) {
        assertThat(prefix(one).overlaps(prefix(other))).isEqualTo(overlap);
        assertThat(prefix(other).overlaps(prefix(one))).isEqualTo(overlap);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fd00::/64", "10.0.0.0/33", "10.0.0.256/32", "ten", ""})
    void whatIsNoIpv4PrefixIsNone(String text) {
        assertThat(Ipv4Prefix.parse(text)).isEmpty();
    }

    @Test
    void bitsAfterTheLengthAreLeftOut() {
        assertThat(prefix("192.168.7.9/16")).hasToString("192.168.0.0/16");
    }

    @Test
    void aFullPoolHasNothingFree() {
        assertThat(prefix("10.0.0.0/23").firstFree(24, List.of(prefix("10.0.0.0/24"), prefix("10.0.1.0/24"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theFirstFreeOneOverlapsNothingAndEveryEarlierOneDoes(long seed) {
        var random = new SplittableRandom(seed);
        var pool = prefix("10.64.0.0/16");
        var taken = random.ints(40, 0, 256 * 256)
                .mapToObj(i -> new Ipv4Prefix(pool.address() + (i & 0x3fff), 22 + (i & 7)))
                .toList();
        var free = pool.firstFree(24, taken).orElseThrow();
        assertThat(taken).noneMatch(free::overlaps);
        for (long address = pool.address(); address < free.address(); address += 256) {
            assertThat(taken).anyMatch(new Ipv4Prefix(address, 24)::overlaps);
        }
    }
}
