package io.isthmus.southbound.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.NetworkIntent.ProviderNetwork;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.core.site.VlanRange;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.Step.FieldChange;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkPlanTest {
    private static final String MARK = "isthmus connection 1";
    private static final Cloud CLOUD = new Cloud(
            CloudKind.REGION,
            URI.create("http://192.0.2.1:5000/v3"),
            "RegionB",
            Optional.empty(),
            "interdc",
            new VlanRange(2000, 2999),
            "b");
    private static final ProviderNetwork INTENT = new ProviderNetwork(
            CLOUD,
            new ConnectionId(new UUID(0, 1)),
            MARK,
            "isthmus-b-d",
            2001,
            1400,
            new Cidr("10.20.0.0/24"),
            range("10.20.0.10", "10.20.0.99"),
            Optional.of(new IpAddress("10.20.0.1")),
            true);

    @Test
    void whereNothingIsTheNetworkAndThenItsSubnetAreCreatedFieldByField() {
        var plan = NetworkPlan.toPresent(INTENT, List.of(), List.of());

        assertThat(plan.steps())
                .containsExactly(
                        new Step(
                                Step.Action.CREATE,
                                "network",
                                "isthmus-b-d",
                                List.of(
                                        wanted("name", "isthmus-b-d"),
                                        wanted("description", MARK),
                                        wanted("network_type", "vlan"),
                                        wanted("physical_network", "interdc"),
                                        wanted("segmentation_id", "2001"),
                                        wanted("mtu", "1400"))),
                        new Step(
                                Step.Action.CREATE,
                                "subnet",
                                "isthmus-b-d",
                                List.of(
                                        wanted("name", "isthmus-b-d"),
                                        wanted("description", MARK),
                                        wanted("cidr", "10.20.0.0/24"),
                                        wanted("allocation_pool", "10.20.0.10-10.20.0.99"),
                                        wanted("gateway_ip", "10.20.0.1"),
                                        wanted("enable_dhcp", "true"))));
        assertThat(plan.facts()).isEmpty();
        assertThat(plan.mustBeUnused()).isEmpty();
    }

    @Test
    void whatIsAsWantedNeedsNoStepAndGivesItsFacts() {
        var plan = NetworkPlan.toPresent(INTENT, List.of(network("n1", 2001)), List.of(subnet("s1", "n1")));

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.facts())
                .hasToString("{allocation_pool=10.20.0.10-10.20.0.99, mtu=1400, network_id=n1,"
                        + " physical_network=interdc, project_id=p1, segmentation_id=2001, subnet_id=s1}");
    }

    @Test
    void addressesAreComparedByValueAndNotByText() {
        var intent = new ProviderNetwork(
                CLOUD,
                INTENT.connection(),
                MARK,
                "isthmus-b-d",
                2001,
                1400,
                new Cidr("fd00::/64"),
                range("fd00::10", "fd00::ff"),
                Optional.of(new IpAddress("fd00::1")),
                true);
        var subnet = new NeutronSubnet(
                "s1",
                "n1",
                "isthmus-b-d",
                MARK,
                "fd00:0:0::/64",
                List.of(new NeutronSubnet.Pool("fd00:0:0::10", "FD00::FF")),
                Optional.of("fd00:0::1"),
                true,
                "p1");

        assertThat(NetworkPlan.toPresent(intent, List.of(network("n1", 2001)), List.of(subnet))
                        .steps())
                .isEmpty();
    }

    @Test
    void everyFieldThatDiffersIsSetBackInOneStepForEachObject() {
        var network = new NeutronNetwork(
                "n1",
                "x",
                MARK,
                "p1",
                false,
                9000,
                List.of("s1"),
                Optional.of("vlan"),
                Optional.of("interdc"),
                Optional.of(2001),
                false,
                List.of());
        var subnet = new NeutronSubnet("s1", "n1", "y", "", "10.20.0.0/24", List.of(), Optional.empty(), false, "p1");

        var steps =
                NetworkPlan.toPresent(INTENT, List.of(network), List.of(subnet)).steps();

        assertThat(steps).extracting(Step::name).containsExactly("update network", "update subnet");
        assertThat(steps.getFirst().changes())
                .containsExactly(
                        new FieldChange("name", "x", "isthmus-b-d"),
                        new FieldChange("mtu", "9000", "1400"),
                        new FieldChange("admin_state_up", "false", "true"));
        assertThat(steps.getLast().changes())
                .containsExactly(
                        new FieldChange("name", "y", "isthmus-b-d"),
                        new FieldChange("description", "", MARK),
                        new FieldChange("allocation_pool", "", "10.20.0.10-10.20.0.99"),
                        new FieldChange("gateway_ip", "", "10.20.0.1"),
                        new FieldChange("enable_dhcp", "false", "true"));
    }

    @Test
    void aMissingSubnetNamesTheNetworkItGoesInto() {
        var plan = NetworkPlan.toPresent(INTENT, List.of(network("n1", 2001)), List.of());

        assertThat(plan.steps()).extracting(Step::name).containsExactly("create subnet");
        assertThat(plan.steps().getFirst().changes()).contains(wanted("network_id", "n1"));
    }

    @Test
    void whatAnEarlierAttemptLeftOnAnotherVlanGoesOnceItIsUnused() {
        var plan = NetworkPlan.toPresent(
                INTENT, List.of(network("n2", 2002), network("n1", 2001)), List.of(subnet("s1", "n1")));

        assertThat(plan.steps()).containsExactly(new Step(Step.Action.DELETE, "network", "n2", List.of()));
        assertThat(plan.mustBeUnused()).containsExactly("n2");
        assertThat(plan.facts()).containsEntry("network_id", "n1");
    }

    @Test
    void aSubnetOfOursWithAnotherPrefixIsReplacedAndAnybodyElsesStays() {
        var old = new NeutronSubnet("s1", "n1", "old", MARK, "10.30.0.0/24", List.of(), Optional.empty(), false, "p1");
        var foreign =
                new NeutronSubnet("s2", "n1", "theirs", "", "10.40.0.0/24", List.of(), Optional.empty(), false, "p1");

        var plan = NetworkPlan.toPresent(INTENT, List.of(network("n1", 2001)), List.of(old, foreign));

        assertThat(plan.steps()).extracting(Step::name).containsExactly("delete subnet", "create subnet");
        assertThat(plan.steps().getFirst().identity()).isEqualTo("s1");
        assertThat(plan.mustBeUnused()).containsExactly("n1");
    }

    @Test
    void removalTakesEveryNetworkOfTheMark() {
        var plan = NetworkPlan.toAbsent(INTENT, List.of(network("n2", 2002), network("n1", 2001)));

        assertThat(plan.steps())
                .containsExactly(
                        new Step(Step.Action.DELETE, "network", "n1", List.of()),
                        new Step(Step.Action.DELETE, "network", "n2", List.of()));
        assertThat(plan.mustBeUnused()).as("Neutron itself refuses").isEmpty();
    }

    /** Whatever mixture of networks there is, a plan never deletes the right one and never makes a second. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theRightNetworkIsKeptWhateverLiesAroundIt(long seed) {
        var random = new java.util.SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            var vlans = random.ints(0, 2000, 2004)
                    .distinct()
                    .limit(random.nextInt(1, 4))
                    .boxed()
                    .toList();
            var own = vlans.stream().map(vlan -> network("n" + vlan, vlan)).toList();

            var steps = NetworkPlan.toPresent(INTENT, own, List.of()).steps();

            var isThere = vlans.contains(2001);
            assertThat(steps).extracting(Step::identity).doesNotContain("n2001");
            assertThat(steps.stream()
                            .filter(step -> step.name().equals("create network"))
                            .count())
                    .isEqualTo(isThere ? 0 : 1);
            assertThat(steps.stream()
                            .filter(step -> step.name().equals("delete network"))
                            .count())
                    .isEqualTo(vlans.size() - (isThere ? 1 : 0));
        }
    }

    private static NeutronNetwork network(String id, int vlan) {
        return new NeutronNetwork(
                id,
                "isthmus-b-d",
                MARK,
                "p1",
                true,
                1400,
                List.of(),
                Optional.of("vlan"),
                Optional.of("interdc"),
                Optional.of(vlan),
                false,
                List.of());
    }

    private static NeutronSubnet subnet(String id, String networkId) {
        return new NeutronSubnet(
                id,
                networkId,
                "isthmus-b-d",
                MARK,
                "10.20.0.0/24",
                List.of(new NeutronSubnet.Pool("10.20.0.10", "10.20.0.99")),
                Optional.of("10.20.0.1"),
                true,
                "p1");
    }

    private static FieldChange wanted(String field, String value) {
        return new FieldChange(field, "", value);
    }

    private static AddressRange range(String start, String end) {
        return new AddressRange(new IpAddress(start), new IpAddress(end));
    }
}
