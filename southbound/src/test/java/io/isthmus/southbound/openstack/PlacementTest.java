package io.isthmus.southbound.openstack;

import static io.isthmus.southbound.openstack.CloudDriverContract.done;
import static io.isthmus.southbound.openstack.CloudDriverContract.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.openstack.FakeServer.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is free in a cloud, asked of a Placement in the shapes of the real one (8.0, microversion 1.27). */
final class PlacementTest {
    private final Map<String, Object> summaries = new HashMap<>();
    private final FakeClouds clouds = new FakeClouds();
    private final FakeServer placement = new FakeServer(request ->
            Reply.json(200, Map.of("allocation_requests", List.of(), "provider_summaries", Map.copyOf(summaries))));
    private final OpenStackDriver driver = clouds.driver(FakeClouds.PATIENT);
    /** Gives up soon. */
    private final OpenStackDriver hasty = clouds.driver(FakeClouds.QUICK);

    @BeforeEach
    void listPlacement() {
        clouds.keystone.withEndpoint("placement", "placement", FakeClouds.REGION, "public", placement.url() + "/");
    }

    @AfterEach
    void close() {
        hasty.close();
        driver.close();
        placement.close();
        clouds.close();
    }

    private static Map<String, Object> host(int vcpus, int usedVcpus, int ramMb, int usedRamMb, int diskGb) {
        return Map.of(
                "resources",
                Map.of(
                        "VCPU", Map.of("capacity", vcpus, "used", usedVcpus),
                        "MEMORY_MB", Map.of("capacity", ramMb, "used", usedRamMb),
                        "DISK_GB", Map.of("capacity", diskGb, "used", 0)),
                "traits",
                List.of("COMPUTE_NODE"));
    }

    @Test
    void whatIsFreeIsWhatAllHostsTogetherHaveLeft() throws Exception {
        summaries.put("h1", host(64, 60, 16_000, 8_000, 100));
        summaries.put("h2", host(32, 1, 8_000, 0, 50));

        assertThat(done(driver.freeCapacity(clouds.cloud()))).isEqualTo(new Capacity(35, 16_000, 150));
        var asked = placement.requests().getLast();
        assertThat(asked.path()).isEqualTo("/allocation_candidates");
        assertThat(asked.query().get("resources")).containsExactly("VCPU:1,MEMORY_MB:1");
        assertThat(asked.header("openstack-api-version")).isEqualTo("placement 1.27");
    }

    @Test
    void aHostThatIsOverbookedAddsNothing() throws Exception {
        summaries.put("h1", host(4, 6, 8_000, 0, 50));

        assertThat(done(driver.freeCapacity(clouds.cloud()))).isEqualTo(new Capacity(0, 8_000, 50));
    }

    @Test
    void whereNoHostTakesAnythingMoreNothingIsFree() throws Exception {
        assertThat(done(driver.freeCapacity(clouds.cloud()))).isEqualTo(Capacity.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR_503, placement_error",
        "WEB_PAGE, placement_error",
        "CLOSE, placement_unreachable",
        "HANG, placement_unreachable"
    })
    void aPlacementThatFailsSaysNothing(Fault fault, String code) throws Exception {
        placement.fail(fault, request -> true, 0, 1000);

        assertThat((fault == Fault.HANG ? hasty : driver).freeCapacity(clouds.cloud()))
                .isInstanceOfSatisfying(
                        Outcome.Unreachable.class,
                        it -> assertThat(it.failure().code()).isEqualTo(code));
    }

    @Test
    void aTokenThatItRefusesIsRenewedOnce() throws Exception {
        placement.fail(Fault.UNAUTHORIZED, request -> true, 0, 1);

        assertThat(done(driver.freeCapacity(clouds.cloud()))).isEqualTo(Capacity.NONE);
        placement.fail(Fault.UNAUTHORIZED, request -> true, 0, 2);
        assertThat(refused(driver.freeCapacity(clouds.cloud())).code()).isEqualTo("placement_forbidden");
    }

    @Test
    void aRegionWithoutPlacementIsTold() throws Exception {
        clouds.keystone.withRegion("Elsewhere", clouds.neutron.url());

        assertThat(refused(driver.freeCapacity(clouds.cloud("Elsewhere"))).code())
                .isEqualTo("placement_missing");
    }

    @Test
    void aRegionWithTwoPlacementsIsTold() throws Exception {
        clouds.keystone.withEndpoint("placement", "other", FakeClouds.REGION, "public", "http://127.0.0.1:1");

        assertThat(refused(driver.freeCapacity(clouds.cloud())).code()).isEqualTo("placement_ambiguous");
    }

    @Test
    void ofACellNothingIsSaid() throws Exception {
        var region = clouds.cloud();
        var cell = new Cloud(
                CloudKind.CELL,
                region.authUrl(),
                region.regionName(),
                Optional.of("cell1"),
                region.physicalNetwork(),
                region.vlanRange(),
                region.credentialId());

        assertThat(refused(driver.freeCapacity(cell)).code()).isEqualTo("placement_without_cells");
    }
}
