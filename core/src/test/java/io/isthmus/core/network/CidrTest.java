package io.isthmus.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CidrTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"10.20.0.0", "10.20.0.0/33", "10.20.0/24", "fd00::/129", "", "*/24", "10.0.0.0-5/24", "b/24"})
    void aTextThatIsNoCidrIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cidr(text));
    }

    @ParameterizedTest
    @CsvSource({"10.20.0.7/24,10.20.0.0/24", "fd00:1::7/64,fd00:1::/64"})
    void hostBitsAreRefusedWithThePrefixThatWasMeant(String text, String meant) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cidr(text))
                .withMessageContaining("host bits")
                .withMessageContaining(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/24,10.20.0.1,10.20.0.254",
        "10.20.0.0/30,10.20.0.1,10.20.0.2",
        "10.20.0.0/31,10.20.0.0,10.20.0.1",
        "10.20.0.4/32,10.20.0.4,10.20.0.4",
        "fd00:1::/64,fd00:1::1,fd00:1::ffff:ffff:ffff:ffff"
    })
    void hostsLeaveOutTheNetworksAndTheBroadcastAddress(String cidr, String first, String last) {
        assertThat(new Cidr(cidr).hosts()).isEqualTo(new AddressRange(new IpAddress(first), new IpAddress(last)));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.9.0.0/16,true",
        "10.9.0.0/16,10.0.0.0/8,true",
        "10.0.0.0/24,10.0.1.0/24,false",
        "0.0.0.0/0,fd00::/8,false"
    })
    void prefixesOverlapIfOneHoldsTheOther(String one, String other, boolean overlap) {
        assertThat(new Cidr(one).overlaps(new Cidr(other))).isEqualTo(overlap);
    }

    @Test
    void theHalvesOfARangeMeetWithoutAGap() {
        var halves = new Cidr("fd00:1::/64").hosts().halves();
        assertThat(halves.getFirst().size().add(halves.getLast().size()))
                .isEqualTo(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
        assertThat(halves.getFirst().end()).isEqualTo(new IpAddress("fd00:1::8000:0:0:0"));
        assertThat(halves.getLast().start()).isEqualTo(new IpAddress("fd00:1::8000:0:0:1"));
    }

    @Test
    void aRangeWithoutItsMiddleIsTwoRanges() {
        var range = range("10.0.0.1", "10.0.0.9");
        assertThat(range.without(range("10.0.0.4", "10.0.0.5")))
                .containsExactly(range("10.0.0.1", "10.0.0.3"), range("10.0.0.6", "10.0.0.9"));
        assertThat(range.without(range("10.0.0.1", "10.0.0.9"))).isEmpty();
        assertThat(range.without(range("10.0.1.1", "10.0.1.9"))).containsExactly(range);
    }

    private static AddressRange range(String start, String end) {
        return new AddressRange(new IpAddress(start), new IpAddress(end));
    }
}
