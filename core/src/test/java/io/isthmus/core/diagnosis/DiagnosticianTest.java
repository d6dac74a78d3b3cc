package io.isthmus.core.diagnosis;

import static io.isthmus.core.diagnosis.ExampleEvidence.deviating;
import static io.isthmus.core.diagnosis.ExampleEvidence.different;
import static io.isthmus.core.diagnosis.ExampleEvidence.down;
import static io.isthmus.core.diagnosis.ExampleEvidence.failed;
import static io.isthmus.core.diagnosis.ExampleEvidence.missing;
import static io.isthmus.core.diagnosis.ExampleEvidence.network;
import static io.isthmus.core.diagnosis.ExampleEvidence.port;
import static io.isthmus.core.diagnosis.ExampleEvidence.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.diagnosis.CloudReading.Agent;
import io.isthmus.core.diagnosis.CloudReading.NetworkReading;
import io.isthmus.core.diagnosis.CloudReading.Port;
import io.isthmus.core.diagnosis.CloudReading.Token;
import io.isthmus.core.diagnosis.GatewayReading.Daemon;
import io.isthmus.core.diagnosis.GatewayReading.Reach;
import io.isthmus.core.side.SideRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DiagnosticianTest {
    private static final String DEAF = "control detection time expired";
    private static final String TOLD = "neighbor signaled session down";

    @Test
    void nothingIsFoundWhereNothingIsWrongAndEveryLayerWasLookedAt() {
        var diagnosis = Diagnostician.diagnose(new ExampleEvidence().evidence());
        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.unchecked()).isEmpty();
        assertThat(diagnosis.healthy().stream()
                        .filter(check -> check.site().equals(ExampleEvidence.B.id()))
                        .map(Diagnosis.Check::layer))
                .contains(Layer.values());
    }

    /** Site, layer and code of the first finding; the fault is named by the code. */
    static Stream<Arguments> faults() {
        return Stream.of(
                fault("d", Layer.ACCESS, "ssh_key_refused", it -> it.gatewayD = failed("ssh_key_refused")),
                fault("d", Layer.ACCESS, "host_key_mismatch", it -> it.gatewayD = failed("host_key_mismatch")),
                fault("b", Layer.CREDENTIAL, "credential_unknown", it -> it.gatewayB = failed("credential_unknown")),
                fault("d", Layer.DAEMONS, "bgpd_stopped", it -> {
                    it.gatewayD =
                            with(it.gatewayD, gateway -> ExampleEvidence.daemon(gateway, "bgpd", Daemon.State.STOPPED));
                    it.gatewayA = with(it.gatewayA, gateway -> down(gateway, "172.31.4.2", "ok"));
                }),
                fault(
                        "b",
                        Layer.DAEMONS,
                        "zebra_frozen",
                        it -> it.gatewayB = with(
                                it.gatewayB, gateway -> ExampleEvidence.daemon(gateway, "zebra", Daemon.State.FROZEN))),
                fault("b", Layer.UNDERLAY, "link_down", it -> {
                    it.gatewayB = with(it.gatewayB, gateway -> down(gateway, ExampleEvidence.FROM_B_TO_A, DEAF));
                    it.gatewayA = with(it.gatewayA, gateway -> down(gateway, ExampleEvidence.FROM_A_TO_B, DEAF));
                    it.partsB = with(
                            it.partsB,
                            parts -> new PartsReading(List.of(), Optional.of("Active"), List.of(), List.of()));
                }),
                fault("a", Layer.UNDERLAY, "link_one_way", it -> {
                    it.gatewayB = with(it.gatewayB, gateway -> down(gateway, ExampleEvidence.FROM_B_TO_A, TOLD));
                    it.gatewayA = with(it.gatewayA, gateway -> down(gateway, ExampleEvidence.FROM_A_TO_B, DEAF));
                }),
                fault(
                        "b",
                        Layer.UNDERLAY,
                        "link_mtu_too_small",
                        it -> it.gatewayB = with(
                                it.gatewayB,
                                gateway -> gateway.with(List.of(new Reach(
                                        ExampleEvidence.FROM_B_TO_A, false, 10, 10, 1500, OptionalInt.of(1400)))))),
                fault(
                        "d",
                        Layer.UNDERLAY,
                        "tunnel_one_way",
                        it -> it.crossings = List.of(
                                new Crossing(SideRole.LOCAL, 10, 0, 0, 10, 0, OptionalInt.empty()),
                                new Crossing(SideRole.REMOTE, 10, 0, 10, 10, 10, OptionalInt.empty()))),
                fault(
                        "d",
                        Layer.OVERLAY,
                        "route_targets_wrong",
                        it -> it.partsD =
                                with(it.partsD, parts -> deviating(parts, different("route_targets", "import")))),
                fault(
                        "b",
                        Layer.OVERLAY,
                        "remote_vtep_missing",
                        it -> it.partsB = with(
                                it.partsB,
                                parts ->
                                        new PartsReading(List.of(), Optional.of("Established"), List.of(), List.of()))),
                fault("d", Layer.TUNNEL, "vxlan_missing", it -> {
                    it.partsD = with(it.partsD, parts -> deviating(parts, missing("vxlan")));
                    it.partsB = with(
                            it.partsB,
                            parts -> new PartsReading(List.of(), Optional.of("Established"), List.of(), List.of()));
                }),
                fault("b", Layer.TUNNEL, "handoff_not_in_bridge", it -> {
                    it.partsB = with(it.partsB, parts -> deviating(parts, different("handoff", "bridge")));
                    it.crossings = List.of(
                            new Crossing(SideRole.LOCAL, 10, 0, 0, 0, 0, OptionalInt.empty()),
                            new Crossing(SideRole.REMOTE, 10, 0, 0, 10, 10, OptionalInt.empty()));
                }),
                fault(
                        "b",
                        Layer.HANDOFF,
                        "access_port_missing",
                        it -> it.partsB =
                                with(it.partsB, parts -> deviating(parts, different("handoff", "ovs_bridge")))),
                fault(
                        "d",
                        Layer.HANDOFF,
                        "access_port_wrong_vlan",
                        it -> it.partsD = with(it.partsD, parts -> deviating(parts, different("handoff", "vlan")))),
                fault(
                        "d",
                        Layer.CREDENTIAL,
                        "credential_refused",
                        it -> it.cloudD =
                                new CloudReading(failed("credential_refused"), new Reading.NotTried<>("no token"))),
                fault(
                        "d",
                        Layer.CLOUD,
                        "keystone_clock_skew",
                        it -> it.cloudD = new CloudReading(
                                new Reading.Read<>(new Token(Duration.ofMinutes(-10), Duration.ofHours(1))),
                                it.cloudD.network())),
                fault(
                        "d",
                        Layer.CLOUD,
                        "neutron_unreachable",
                        it -> it.cloudD = new CloudReading(it.cloudD.token(), failed("neutron_unreachable"))),
                fault(
                        "d",
                        Layer.CLOUD,
                        "neutron_agent_dead",
                        it -> it.cloudD = network(
                                it.cloudD,
                                network -> new NetworkReading(
                                        network.deviations(),
                                        network.network(),
                                        List.of(),
                                        List.of(new Agent("Open vSwitch agent", "compute", false, true)),
                                        network.ports()))),
                fault(
                        "b",
                        Layer.CLOUD,
                        "network_admin_down",
                        it -> it.cloudB = deviations(it.cloudB, different("network", "admin_state_up"))),
                fault(
                        "b",
                        Layer.CLOUD,
                        "subnet_changed",
                        it -> it.cloudB = deviations(it.cloudB, different("subnet", "gateway_ip"))),
                fault(
                        "b",
                        Layer.CLOUD,
                        "vlan_taken",
                        it -> it.cloudB = network(
                                it.cloudB,
                                network -> new NetworkReading(
                                        new Reading.Read<>(List.of(missing("network"), missing("subnet"))),
                                        Optional.empty(),
                                        List.of("foreign"),
                                        network.agents(),
                                        List.of()))),
                fault("b", Layer.PORTS, "port_down", it -> it.cloudB = ports(it.cloudB, sick("DOWN", "ovs", true))),
                fault(
                        "b",
                        Layer.PORTS,
                        "port_binding_failed",
                        it -> it.cloudB = ports(it.cloudB, sick("DOWN", "binding_failed", true))),
                fault(
                        "b",
                        Layer.PORTS,
                        "security_group_blocks",
                        it -> it.cloudB = ports(it.cloudB, sick("ACTIVE", "ovs", false))),
                fault(
                        "d",
                        Layer.PORTS,
                        "duplicate_ip",
                        it -> it.cloudD = ports(it.cloudD, port("copy", "10.60.0.5", "fa:16:3e:00:00:09", 30))),
                fault(
                        "d",
                        Layer.PORTS,
                        "duplicate_mac",
                        it -> it.cloudD = ports(it.cloudD, port("copy", "10.60.0.6", "fa:16:3e:00:00:01", 30))),
                fault(
                        "b",
                        Layer.PROBE,
                        "probe_mtu_too_small",
                        it -> it.crossings = List.of(
                                new Crossing(SideRole.LOCAL, 10, 10, 10, 10, 10, OptionalInt.of(1400)),
                                new Crossing(SideRole.REMOTE, 10, 10, 10, 10, 10, OptionalInt.of(1450)))));
    }

    private static Arguments fault(String site, Layer layer, String code, Consumer<ExampleEvidence> injection) {
        return Arguments.of(code, site, layer, injection);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void theFirstFindingNamesTheFaultWhereItIs(
            String code, String site, Layer layer, Consumer<ExampleEvidence> injection) {
        var evidence = new ExampleEvidence();
        injection.accept(evidence);
        var first = Diagnostician.diagnose(evidence.evidence()).findings().getFirst();
        assertThat(List.of(first.site().name(), first.layer(), first.code())).isEqualTo(List.of(site, layer, code));
        assertThat(first.severity()).isNotEqualTo(Severity.SYMPTOM);
        assertThat(first.remedy()).isNotBlank();
        assertThat(first.evidence()).isNotEmpty();
    }

    @Test
    void whatFollowsFromAnErrorIsASymptomAndComesLast() {
        var evidence = new ExampleEvidence();
        evidence.partsD = with(evidence.partsD, parts -> deviating(parts, missing("vxlan")));
        evidence.partsB = with(
                evidence.partsB,
                parts -> new PartsReading(List.of(), Optional.of("Established"), List.of(), List.of()));
        var findings = Diagnostician.diagnose(evidence.evidence()).findings();
        assertThat(findings.stream().map(Finding::code)).containsExactly("vxlan_missing", "remote_vtep_missing");
        assertThat(findings.getLast().severity()).isEqualTo(Severity.SYMPTOM);
    }

    @Test
    void aSideThatCannotBeReadHidesNothingOfTheOther() {
        var evidence = new ExampleEvidence();
        evidence.gatewayB = failed("gateway_unreachable");
        evidence.partsB = failed("gateway_unreachable");
        evidence.partsD = with(evidence.partsD, parts -> deviating(parts, missing("handoff")));
        var diagnosis = Diagnostician.diagnose(evidence.evidence());
        assertThat(diagnosis.findings().stream().map(Finding::code))
                .containsExactly("gateway_unreachable", "handoff_missing");
        assertThat(diagnosis.unchecked().stream().map(Diagnosis.Check::layer)).contains(Layer.OVERLAY, Layer.TUNNEL);
    }

    @Test
    void aLinkThatThePathDoesNotUseIsAWarning() {
        var evidence = new ExampleEvidence();
        evidence.gatewayB = with(evidence.gatewayB, gateway -> down(gateway, ExampleEvidence.FROM_B_TO_C, DEAF));
        assertThat(Diagnostician.diagnose(evidence.evidence()).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
    }

    @Test
    void aLinkThatBothItsEndsSeeDownIsToldOnce() {
        var evidence = new ExampleEvidence();
        evidence.gatewayB = with(evidence.gatewayB, gateway -> down(gateway, ExampleEvidence.FROM_B_TO_A, DEAF));
        evidence.gatewayA = with(evidence.gatewayA, gateway -> down(gateway, ExampleEvidence.FROM_A_TO_B, DEAF));
        assertThat(Diagnostician.diagnose(evidence.evidence()).findings()).hasSize(1);
    }

    private static CloudReading deviations(CloudReading cloud, Deviation... deviations) {
        return network(
                cloud,
                network -> new NetworkReading(
                        new Reading.Read<>(List.of(deviations)),
                        network.network(),
                        List.of(),
                        network.agents(),
                        network.ports()));
    }

    private static CloudReading ports(CloudReading cloud, Port... ports) {
        return network(
                cloud,
                network -> new NetworkReading(
                        network.deviations(), network.network(), List.of(), network.agents(), List.of(ports)));
    }

    private static Port sick(String status, String vifType, boolean allowsRemote) {
        return new Port(
                "p",
                "vnf",
                "compute:nova",
                "compute",
                vifType,
                status,
                true,
                "fa:16:3e:00:00:03",
                List.of("10.60.0.7"),
                Instant.EPOCH,
                allowsRemote);
    }
}
