package io.isthmus.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AllocationPoolsTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/24,10.1.0.1,10.1.0.127,10.1.0.128,10.1.0.254",
        "10.1.0.0/30,10.1.0.1,10.1.0.1,10.1.0.2,10.1.0.2",
    })
    void whereNobodyAsksEachSideGetsOneHalf(String cidr, String a, String b, String c, String d) {
        assertThat(divided(create(cidr, null, null), create(cidr, null, null)))
                .isEqualTo(new AllocationPools(range(a, b), range(c, d)));
    }

    @Test
    void whatOneSideAsksForIsKeptAndTheOtherGetsTheLargestRest() {
        var asked = create("10.1.0.0/24", null, range("10.1.0.10", "10.1.0.19"));
        var silent = create("10.1.0.0/24", "10.1.0.254", null);
        assertThat(divided(asked, silent))
                .isEqualTo(new AllocationPools(range("10.1.0.10", "10.1.0.19"), range("10.1.0.20", "10.1.0.253")));
        assertThat(divided(silent, asked).local()).isEqualTo(range("10.1.0.20", "10.1.0.253"));
    }

    @Test
    void poolsThatOverlapAreRefused() {
        var one = create("10.1.0.0/24", null, range("10.1.0.10", "10.1.0.19"));
        var other = create("10.1.0.0/24", null, range("10.1.0.19", "10.1.0.30"));
        assertThat(AllocationPools.divide(one, other)).isInstanceOf(AllocationPools.Result.Impossible.class);
    }

    @Test
    void aPrefixOfOneAddressCannotBeDivided() {
        var network = create("10.1.0.1/32", null, null);
        assertThat(AllocationPools.divide(network, network)).isInstanceOf(AllocationPools.Result.Impossible.class);
    }

    @Test
    void aGatewayOutsideOfThePrefixIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> create("10.1.0.0/24", "10.2.0.1", null));
    }

    @Test
    void aPoolThatHoldsTheGatewayIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create("10.1.0.0/24", "10.1.0.10", range("10.1.0.10", "10.1.0.19")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void poolsNeverOverlapAndNeverHoldAGateway(long seed) {
        var random = new SplittableRandom(seed);
        for (int step = 0; step < 500; step++) {
            var cidr = new Cidr("10.1.0.0/" + random.nextInt(20, 30));
            var gateway = Optional.of(anyHost(cidr, random));
            var pool = random.nextBoolean() ? Optional.of(anyPool(cidr, random)) : Optional.<AddressRange>empty();
            if (pool.isPresent() && pool.get().contains(gateway.get())) {
                continue;
            }
            var local = new EndpointNetwork.Create(cidr, Optional.empty(), gateway, pool, false);
            var remote = new EndpointNetwork.Create(cidr, Optional.empty(), gateway, Optional.empty(), false);
            if (AllocationPools.divide(local, remote) instanceof AllocationPools.Result.Divided(var pools)) {
                assertThat(pools.local().overlaps(pools.remote())).isFalse();
                assertThat(pools.local().contains(gateway.get())).isFalse();
                assertThat(pools.remote().contains(gateway.get())).isFalse();
                assertThat(cidr.hosts().contains(pools.remote().start())).isTrue();
                assertThat(cidr.hosts().contains(pools.remote().end())).isTrue();
            }
        }
    }

    private static IpAddress anyHost(Cidr cidr, SplittableRandom random) {
        var hosts = 1 << (32 - cidr.prefixLength());
        var number = random.nextInt(1, hosts - 1);
        return new IpAddress("10.1.%d.%d".formatted(number >> 8, number & 255));
    }

    private static AddressRange anyPool(Cidr cidr, SplittableRandom random) {
        var one = anyHost(cidr, random);
        var other = anyHost(cidr, random);
        return one.compareTo(other) <= 0 ? new AddressRange(one, other) : new AddressRange(other, one);
    }

    private static AllocationPools divided(EndpointNetwork.Create local, EndpointNetwork.Create remote) {
        return ((AllocationPools.Result.Divided) AllocationPools.divide(local, remote)).pools();
    }

    private static EndpointNetwork.Create create(String cidr, @Nullable String gateway, @Nullable AddressRange pool) {
        return new EndpointNetwork.Create(
                new Cidr(cidr),
                Optional.empty(),
                Optional.ofNullable(gateway).map(IpAddress::new),
                Optional.ofNullable(pool),
                false);
    }

    private static AddressRange range(String start, String end) {
        return new AddressRange(new IpAddress(start), new IpAddress(end));
    }
}
