package io.isthmus.southbound.openstack;

import static io.isthmus.southbound.openstack.CloudDriverContract.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.Goal;
import io.isthmus.core.side.NetworkIntent.ProviderNetwork;
import io.isthmus.southbound.StepListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports what the driver's calls take on the lab's real Neutron, beside the fewest calls that could do the same. */
@Tag("lab")
class LabTimesTest {
    private static final Logger LOG = LoggerFactory.getLogger(LabTimesTest.class);
    private static final int ROUNDS = 15;

    private final Map<String, List<Long>> micros = new LinkedHashMap<>();

    @Test
    void timesAreReported() throws Exception {
        var lab = Lab.read();
        int vlan = lab.cloud("b").vlanRange().last() - 20;
        try (var driver = lab.driver();
                var operator = lab.operator("b")) {
            var intent = new ProviderNetwork(
                    lab.cloud("b"),
                    new ConnectionId(UUID.randomUUID()),
                    "isthmus times " + UUID.randomUUID(),
                    "isthmus-times",
                    vlan,
                    1400,
                    new Cidr("10.99.0.0/24"),
                    new AddressRange(new IpAddress("10.99.0.10"), new IpAddress("10.99.0.99")),
                    Optional.empty(),
                    false);
            for (int round = -2; round < ROUNDS; round++) {
                var byHand = timed("by hand: create", () -> create(operator, intent));
                timed("by hand: delete", () -> {
                    operator.delete("networks", byHand);
                    return true;
                });
                var missing = timed("observe nothing", () -> done(driver.observe(intent, Goal.PRESENT)));
                timed("apply create", () -> done(driver.apply(intent, missing.steps(), StepListener.NONE)));
                var there = timed("read back", () -> done(driver.observe(intent, Goal.PRESENT)));
                assertThat(there.steps()).isEmpty();
                var gone = timed("observe to delete", () -> done(driver.observe(intent, Goal.ABSENT)));
                timed("apply delete", () -> done(driver.apply(intent, gone.steps(), StepListener.NONE)));
                var left = timed("read back none", () -> done(driver.observe(intent, Goal.ABSENT)));
                assertThat(left.steps()).isEmpty();
                if (round < 0) {
                    micros.clear();
                }
            }
            timed("used vlans", () -> done(driver.usedVlans(lab.cloud("b"))));
        }
        micros.forEach((name, values) -> {
            var sorted = values.stream().sorted().toList();
            LOG.info(
                    "{}: median {} ms, {} to {}, n={}",
                    name,
                    sorted.get(sorted.size() / 2) / 1000,
                    sorted.getFirst() / 1000,
                    sorted.getLast() / 1000,
                    sorted.size());
        });
    }

    private static String create(CloudOperator operator, ProviderNetwork intent) throws Exception {
        var network = operator.create(
                "networks",
                Map.of(
                        "name", intent.name(),
                        "mtu", intent.mtu(),
                        "provider:network_type", "vlan",
                        "provider:physical_network", intent.cloud().physicalNetwork(),
                        "provider:segmentation_id", intent.vlan()));
        operator.create(
                "subnets",
                Map.of(
                        "network_id",
                        network,
                        "name",
                        intent.name(),
                        "ip_version",
                        4,
                        "cidr",
                        "10.99.0.0/24",
                        "enable_dhcp",
                        false,
                        "allocation_pools",
                        List.of(Map.of("start", "10.99.0.10", "end", "10.99.0.99"))));
        return network;
    }

    private <T> T timed(String name, Callable<T> work) throws Exception {
        long start = System.nanoTime();
        var result = work.call();
        micros.computeIfAbsent(name, key -> new ArrayList<>()).add((System.nanoTime() - start) / 1000);
        return result;
    }
}
