package io.isthmus.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.core.site.VlanRange;
import io.isthmus.server.engine.Drivers;
import io.isthmus.server.engine.ExampleSites;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.StepListener;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class MeteredDriversTest {
    private static final Cloud CLOUD = new Cloud(
            CloudKind.REGION,
            URI.create("http://127.0.0.1:5000/v3"),
            "RegionB",
            Optional.empty(),
            "interdc",
            new VlanRange(2000, 2999),
            "openstack");

    private final Metrics metrics = new Metrics();

    private Drivers metered(Drivers drivers) {
        return new MeteredDrivers(metrics, place -> place.equals(CLOUD) ? Optional.of("b") : Optional.empty())
                .over(drivers.cloud(), "openstack", drivers.gateways());
    }

    @Test
    void everyCallIsCountedWithItsSiteAndWhatCameOfIt() throws Exception {
        var drivers = metered(new ExampleSites(Duration.ZERO).drivers());
        assertThat(drivers.cloud().usedVlans(CLOUD)).isInstanceOf(Outcome.Done.class);
        assertThat(metrics.page(Optional.empty()).text())
                .contains(
                        "isthmus_outward_calls_total{call=\"used_vlans\",outcome=\"done\",site=\"b\",technology=\"openstack\"} 1.0");
    }

    @Test
    void whatADriverThrowsComesThroughAndIsCountedAsAFault() throws Exception {
        var working = new ExampleSites(Duration.ZERO).drivers();
        var drivers = metered(working);
        var create = List.of(new Step(Step.Action.CREATE, "network", "n", List.of()));
        assertThat(drivers.cloud().apply(intent(), create, StepListener.NONE)).isInstanceOf(Outcome.Done.class);
        // The example's sites throw at a test that makes what another connection has.
        assertThatThrownBy(() -> drivers.cloud().apply(intent(), create, StepListener.NONE))
                .isInstanceOf(IllegalStateException.class);
        assertThat(metrics.page(Optional.empty()).text()).contains("call=\"apply\",outcome=\"fault\",site=\"b\"");
    }

    private static NetworkIntent intent() {
        return new NetworkIntent.ExistingNetwork(CLOUD, new ConnectionId(UUID.randomUUID()), "n", 5, 1500);
    }
}
