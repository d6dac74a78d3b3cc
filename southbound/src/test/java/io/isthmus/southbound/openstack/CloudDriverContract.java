package io.isthmus.southbound.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.endpoint.Claim;
import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.Goal;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.side.NetworkIntent.ExistingNetwork;
import io.isthmus.core.side.NetworkIntent.ProviderNetwork;
import io.isthmus.core.site.Cloud;
import io.isthmus.southbound.CloudDriver;
import io.isthmus.southbound.Driver.Applied;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.StepListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every cloud driver does, on a fake cloud as on a real one. */
abstract class CloudDriverContract {
    /** An administrator's, who may join anybody's things. */
    static final Claim ANYBODYS = new Claim("p1", true);

    private final ConnectionId connection = new ConnectionId(UUID.randomUUID());
    private final String mark = "isthmus test " + connection;
    private final List<String> networksMade = new ArrayList<>();
    private final List<String> portsMade = new ArrayList<>();

    abstract Cloud cloud();

    abstract CloudDriver driver();

    abstract CloudOperator operator();

    /** The first of ten VLANs in the cloud's range that nobody else uses during the test. */
    abstract int vlan();

    @AfterEach
    void removeEverything() throws Exception {
        for (var port : portsMade) {
            operator().delete("ports", port);
        }
        for (var network : networksMade) {
            operator().delete("networks", network);
        }
        for (var network : networks()) {
            operator().delete("networks", network.path("id").asString());
        }
    }

    @Test
    void aMissingNetworkIsCreatedWithItsSubnetAndReadBack() throws Exception {
        var intent = intent(vlan());

        var before = observe(intent, Goal.PRESENT);
        assertThat(names(before)).containsExactly("create network", "create subnet");
        assertThat(before.facts()).isEmpty();
        assertThat(driver().fromNothing(intent)).as("known without a look").isEqualTo(before.steps());

        var heard = new ArrayList<String>();
        var applied = apply(intent, before.steps(), listener(heard));
        assertThat(applied.steps()).isEqualTo(2);
        assertThat(heard)
                .containsExactly(
                        "start create network", "done create network", "start create subnet", "done create subnet");

        var after = observe(intent, Goal.PRESENT);
        assertThat(after.steps()).isEmpty();
        assertThat(applied.result()).as("told by the acknowledgements").contains(after);
        assertThat(after.facts())
                .containsEntry("segmentation_id", Integer.toString(vlan()))
                .containsEntry("physical_network", cloud().physicalNetwork())
                .containsEntry("mtu", "1400")
                .containsEntry("allocation_pool", "10.99.0.10-10.99.0.99")
                .containsKeys("network_id", "subnet_id", "project_id");
    }

    @Test
    void aNetworkMayHaveAGatewayDhcpAndSixthVersionAddresses() throws Exception {
        var intent = new ProviderNetwork(
                cloud(),
                connection,
                mark,
                "isthmus-test",
                vlan(),
                1400,
                new Cidr("fd00:99::/64"),
                range("fd00:99::1000", "fd00:99::1fff"),
                Optional.of(new IpAddress("fd00:99::1")),
                true);

        reach(intent, Goal.PRESENT);

        assertThat(observe(intent, Goal.PRESENT).facts())
                .containsEntry("allocation_pool", "fd00:99::1000-fd00:99::1fff");
    }

    @Test
    void aReachedGoalIsRepeatedWithoutAnyStep() throws Exception {
        var intent = intent(vlan());
        reach(intent, Goal.PRESENT);

        assertThat(apply(intent, List.of(), StepListener.NONE)).isEqualTo(new Applied(0));
        assertThat(networks()).hasSize(1);
    }

    @Test
    void whatDriftedIsSetBackFieldByField() throws Exception {
        var intent = intent(vlan());
        reach(intent, Goal.PRESENT);
        var facts = observe(intent, Goal.PRESENT).facts();
        var network = String.valueOf(facts.get("network_id"));
        var subnet = String.valueOf(facts.get("subnet_id"));
        operator().update("networks", network, Map.of("name", "renamed", "mtu", 1300, "admin_state_up", false));
        operator()
                .update(
                        "subnets",
                        subnet,
                        Map.of(
                                "description",
                                "",
                                "enable_dhcp",
                                true,
                                "gateway_ip",
                                "10.99.0.1",
                                "allocation_pools",
                                List.of(Map.of("start", "10.99.0.2", "end", "10.99.0.254"))));

        var drifted = observe(intent, Goal.PRESENT);

        assertThat(drifted.steps())
                .containsExactly(
                        new Step(
                                Step.Action.UPDATE,
                                "network",
                                network,
                                List.of(
                                        new Step.FieldChange("name", "renamed", "isthmus-test"),
                                        new Step.FieldChange("mtu", "1300", "1400"),
                                        new Step.FieldChange("admin_state_up", "false", "true"))),
                        new Step(
                                Step.Action.UPDATE,
                                "subnet",
                                subnet,
                                List.of(
                                        new Step.FieldChange("description", "", mark),
                                        new Step.FieldChange(
                                                "allocation_pool", "10.99.0.2-10.99.0.254", "10.99.0.10-10.99.0.99"),
                                        new Step.FieldChange("gateway_ip", "10.99.0.1", ""),
                                        new Step.FieldChange("enable_dhcp", "true", "false"))));
        reach(intent, Goal.PRESENT);
        assertThat(observe(intent, Goal.PRESENT).facts()).isEqualTo(facts);
    }

    @Test
    void aMissingSubnetIsCreatedInTheNetworkThatIsThere() throws Exception {
        var intent = intent(vlan());
        reach(intent, Goal.PRESENT);
        var facts = observe(intent, Goal.PRESENT).facts();
        operator().delete("subnets", String.valueOf(facts.get("subnet_id")));

        assertThat(names(observe(intent, Goal.PRESENT))).containsExactly("create subnet");
        reach(intent, Goal.PRESENT);
        assertThat(observe(intent, Goal.PRESENT).facts()).containsEntry("network_id", facts.get("network_id"));
    }

    @Test
    void aNetworkOnAnotherVlanIsReplacedWhileNothingUsesIt() throws Exception {
        reach(intent(vlan()), Goal.PRESENT);
        var moved = intent(vlan() + 1);

        assertThat(names(observe(moved, Goal.PRESENT)))
                .containsExactly("delete network", "create network", "create subnet");
        reach(moved, Goal.PRESENT);

        assertThat(networks()).hasSize(1);
    }

    @Test
    void aNetworkThatIsUsedIsNeverReplaced() throws Exception {
        reach(intent(vlan()), Goal.PRESENT);
        var port = makePort(networks().getFirst().path("id").asString());

        var failure = refused(driver().observe(intent(vlan() + 1), Goal.PRESENT));

        assertThat(failure.code()).isEqualTo("cannot_update");
        assertThat(failure.detail()).contains(port, "a-virtual-machine");
    }

    @Test
    void aSubnetWithAnotherPrefixIsReplacedWhileNothingUsesIt() throws Exception {
        reach(intent(vlan()), Goal.PRESENT);
        var renumbered = new ProviderNetwork(
                cloud(),
                connection,
                mark,
                "isthmus-test",
                vlan(),
                1400,
                new Cidr("10.98.0.0/24"),
                range("10.98.0.10", "10.98.0.99"),
                Optional.empty(),
                false);

        assertThat(names(observe(renumbered, Goal.PRESENT))).containsExactly("delete subnet", "create subnet");
        reach(renumbered, Goal.PRESENT);

        assertThat(networks()).hasSize(1);
        assertThat(networks().getFirst().path("subnets").size()).isEqualTo(1);
    }

    @Test
    void aSubnetThatSomebodyAddedIsLeftAlone() throws Exception {
        var intent = intent(vlan());
        reach(intent, Goal.PRESENT);
        var network = networks().getFirst().path("id").asString();
        var added = operator()
                .create("subnets", Map.of("network_id", network, "ip_version", 4, "cidr", "10.97.0.0/24", "name", "x"));

        var seen = observe(intent, Goal.PRESENT);
        assertThat(seen.steps()).isEmpty();
        assertThat(seen.foreign()).containsExactly(new Observed.Foreign("subnet", added, "cidr", "10.97.0.0/24"));
    }

    @Test
    void somebodyElsesNetworkOnTheVlanIsNamedAndLeftAlone() throws Exception {
        var foreign = makeForeignNetwork(vlan(), "");
        var intent = intent(vlan());

        var failure =
                refused(driver().apply(intent, observe(intent, Goal.PRESENT).steps(), StepListener.NONE));

        assertThat(failure.code()).isEqualTo("vlan_in_use");
        assertThat(failure.detail()).contains(foreign, "somebody-elses", Integer.toString(vlan()));
        assertThat(operator().list("networks", "id", foreign)).hasSize(1);
    }

    @Test
    void removalDeletesTheNetworkWithItsSubnetAndIsRepeatable() throws Exception {
        var intent = intent(vlan());
        reach(intent, Goal.PRESENT);
        var facts = observe(intent, Goal.PRESENT).facts();

        var before = observe(intent, Goal.ABSENT);
        assertThat(names(before)).containsExactly("delete network");
        assertThat(before.facts()).containsEntry("network_id", facts.get("network_id"));
        assertThat(apply(intent, before.steps(), StepListener.NONE)).isEqualTo(new Applied(1));

        assertThat(observe(intent, Goal.ABSENT).steps()).isEmpty();
        assertThat(operator().list("subnets", "id", String.valueOf(facts.get("subnet_id"))))
                .isEmpty();
        assertThat(apply(intent, before.steps(), StepListener.NONE))
                .as("deleting what is gone")
                .isEqualTo(new Applied(1));
    }

    @Test
    void removalFindsTheNetworkOnWhateverVlanItIs() throws Exception {
        reach(intent(vlan()), Goal.PRESENT);

        reach(intent(vlan() + 1), Goal.ABSENT);

        assertThat(networks()).isEmpty();
    }

    @Test
    void removalTouchesNothingThatIsNotMarked() throws Exception {
        var foreign = makeForeignNetwork(vlan(), "isthmus test of another connection");

        assertThat(observe(intent(vlan()), Goal.ABSENT).steps()).isEmpty();
        assertThat(operator().list("networks", "id", foreign)).hasSize(1);
    }

    @Test
    void aNetworkInUseIsNotDeletedAndItsPortsAreNamed() throws Exception {
        var intent = intent(vlan());
        reach(intent, Goal.PRESENT);
        var port = makePort(networks().getFirst().path("id").asString());

        var failure =
                refused(driver().apply(intent, observe(intent, Goal.ABSENT).steps(), StepListener.NONE));

        assertThat(failure.code()).isEqualTo("network_in_use");
        assertThat(failure.detail()).contains(port, "a-virtual-machine", "compute:test", "region");
        assertThat(failure.hint()).isNotBlank();
        assertThat(networks()).hasSize(1);
    }

    @Test
    void aNetworkInUseIsLeftToItsUsersAndIsNotOursAnyMore() throws Exception {
        var intent = intent(vlan());
        reach(intent, Goal.PRESENT);
        assertThat(done(driver().users(intent))).isEmpty();
        var network = networks().getFirst().path("id").asString();
        var port = makePort(network);
        assertThat(done(driver().users(intent))).singleElement().asString().contains(port, "compute:test");

        assertThat(done(driver().leave(intent))).singleElement().asString().contains(port);

        assertThat(observe(intent, Goal.ABSENT).steps()).isEmpty();
        assertThat(done(driver().users(intent))).isEmpty();
        assertThat(operator().list("networks", "id", network))
                .singleElement()
                .satisfies(
                        left -> assertThat(left.path("description").asString()).isEmpty());
        assertThat(done(driver().leave(intent))).isEmpty();
        networksMade.add(network);
    }

    @Test
    void anMtuThatTheCloudCannotCarryIsRefusedWithItsWords() throws Exception {
        var intent = new ProviderNetwork(
                cloud(),
                connection,
                mark,
                "isthmus-test",
                vlan(),
                60_000,
                new Cidr("10.99.0.0/24"),
                range("10.99.0.10", "10.99.0.99"),
                Optional.empty(),
                false);

        var failure =
                refused(driver().apply(intent, observe(intent, Goal.PRESENT).steps(), StepListener.NONE));

        assertThat(failure.code()).isEqualTo("neutron_rejected");
        assertThat(failure.detail()).contains("MTU is too big");
    }

    @Test
    void anUnknownPhysicalNetworkIsRefusedWithItsWords() throws Exception {
        var here = cloud();
        var elsewhere = new Cloud(
                here.kind(),
                here.authUrl(),
                here.regionName(),
                here.cell(),
                "no-such-wire",
                here.vlanRange(),
                here.credentialId());
        var intent = intent(elsewhere, vlan());

        var failure =
                refused(driver().apply(intent, observe(intent, Goal.PRESENT).steps(), StepListener.NONE));

        assertThat(failure.code()).isEqualTo("neutron_rejected");
        assertThat(failure.detail()).contains("no-such-wire");
    }

    @Test
    void aVlanOutsideOfTheRangeIsRefusedHere() throws Exception {
        int outside = cloud().vlanRange().last() + 1;

        var failure = refused(driver().observe(intent(outside), Goal.PRESENT));

        assertThat(failure.code()).isEqualTo("vlan_out_of_range");
        assertThat(observe(intent(outside), Goal.ABSENT).steps()).isEmpty();
    }

    @Test
    void usedVlansAreEverybodys() throws Exception {
        reach(intent(vlan()), Goal.PRESENT);
        makeForeignNetwork(vlan() + 1, "");

        assertThat(done(driver().usedVlans(cloud())))
                .contains(vlan(), vlan() + 1)
                .doesNotContain(vlan() + 2);
    }

    @Test
    void anExistingVlanNetworkIsFound() throws Exception {
        var id = makeForeignNetwork(vlan(), "");
        operator().create("subnets", Map.of("network_id", id, "ip_version", 4, "cidr", "10.96.0.0/24"));

        var found = done(driver().find(cloud(), id, ANYBODYS));

        assertThat(found)
                .isEqualTo(new CloudDriver.FoundNetwork(
                        id, "somebody-elses", vlan(), 1500, List.of(new Cidr("10.96.0.0/24")), false));
    }

    @Test
    void aMembersNetworkIsTheirProjectsOrOneWhoseOwnerLetsThem() throws Exception {
        var id = makeForeignNetwork(vlan(), "");
        var owner = operator()
                .list("networks", "id", id)
                .getFirst()
                .path("project_id")
                .asString();

        done(driver().find(cloud(), id, new Claim(owner, false)));
        var missing = refused(driver().find(cloud(), UUID.randomUUID().toString(), new Claim("p9", false)));
        var notTheirs = refused(driver().find(cloud(), id, new Claim("p9", false)));
        assertThat(notTheirs.code()).isEqualTo(missing.code());
        assertThat(notTheirs.detail()).doesNotContain("somebody-elses").doesNotContain(owner);
        assertThat(notTheirs.hint()).contains("isthmus-project=p9");

        operator().act("networks", id, "tags", Map.of("tags", List.of("web", "isthmus-project=p9")));
        done(driver().find(cloud(), id, new Claim("p9", false)));
    }

    @Test
    void aNetworkThatIsNotThereIsNotFound() throws Exception {
        for (var id : List.of(UUID.randomUUID().toString(), "../ports", "")) {
            assertThat(refused(driver().find(cloud(), id, ANYBODYS)).code()).isEqualTo("network_not_found");
        }
    }

    @Test
    void aNetworkOfAnotherTypeIsNotAVlan() throws Exception {
        var id = operator().create("networks", Map.of("name", "overlay"));
        networksMade.add(id);

        assertThat(refused(driver().find(cloud(), id, ANYBODYS)).code()).isEqualTo("network_not_vlan");
    }

    @Test
    void anExistingNetworkIsOnlyCheckedAndNeverChanged() throws Exception {
        var id = makeForeignNetwork(vlan(), "");
        var right = new ExistingNetwork(cloud(), connection, id, vlan(), 1500);

        var observed = observe(right, Goal.PRESENT);

        assertThat(observed.steps()).isEmpty();
        assertThat(observed.facts())
                .containsEntry("network_id", id)
                .containsEntry("segmentation_id", Integer.toString(vlan()));
        assertThat(observe(right, Goal.ABSENT).steps()).isEmpty();
        var otherVlan = new ExistingNetwork(cloud(), connection, id, vlan() + 1, 1500);
        assertThat(refused(driver().observe(otherVlan, Goal.PRESENT)).code()).isEqualTo("vlan_mismatch");
        var largerMtu = new ExistingNetwork(cloud(), connection, id, vlan(), 1501);
        assertThat(refused(driver().observe(largerMtu, Goal.PRESENT)).code()).isEqualTo("mtu_mismatch");
    }

    @Test
    void stepsMadeTwiceFromTheSameLookMakeOneNetwork() throws Exception {
        var intent = intent(vlan());
        var steps = observe(intent, Goal.PRESENT).steps();
        apply(intent, steps, StepListener.NONE);

        var second = driver().apply(intent, steps, StepListener.NONE);

        assertThat(second).isInstanceOf(Outcome.Unknown.class);
        assertThat(networks()).hasSize(1);
        assertThat(observe(intent, Goal.PRESENT).steps()).isEmpty();
    }

    final ProviderNetwork intent(int vlan) {
        return intent(cloud(), vlan);
    }

    private ProviderNetwork intent(Cloud cloud, int vlan) {
        return new ProviderNetwork(
                cloud,
                connection,
                mark,
                "isthmus-test",
                vlan,
                1400,
                new Cidr("10.99.0.0/24"),
                range("10.99.0.10", "10.99.0.99"),
                Optional.empty(),
                false);
    }

    /** Observes, applies and observes again; the goal must be reached then. */
    final void reach(NetworkIntent intent, Goal goal) throws InterruptedException {
        apply(intent, observe(intent, goal).steps(), StepListener.NONE);
        assertThat(observe(intent, goal).steps()).isEmpty();
    }

    final Observed observe(NetworkIntent intent, Goal goal) throws InterruptedException {
        return done(driver().observe(intent, goal));
    }

    final Applied apply(NetworkIntent intent, List<Step> steps, StepListener listener) throws InterruptedException {
        return done(driver().apply(intent, steps, listener));
    }

    private List<tools.jackson.databind.JsonNode> networks() throws Exception {
        return operator().list("networks", "description", mark.replace(" ", "%20"));
    }

    private String makeForeignNetwork(int vlan, String description) throws Exception {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", "somebody-elses");
        fields.put("description", description);
        fields.put("provider:network_type", "vlan");
        fields.put("provider:physical_network", cloud().physicalNetwork());
        fields.put("provider:segmentation_id", vlan);
        var id = operator().create("networks", fields);
        networksMade.add(id);
        return id;
    }

    private String makePort(String networkId) throws Exception {
        var id = operator()
                .create(
                        "ports",
                        Map.of(
                                "network_id", networkId,
                                "name", "a-virtual-machine",
                                "device_owner", "compute:test",
                                "device_id", "machine-1"));
        portsMade.add(id);
        return id;
    }

    private static AddressRange range(String start, String end) {
        return new AddressRange(new IpAddress(start), new IpAddress(end));
    }

    private static List<String> names(Observed observed) {
        return observed.steps().stream().map(Step::name).toList();
    }

    private static StepListener listener(List<String> heard) {
        return new StepListener() {
            @Override
            public void started(Step step) {
                heard.add("start " + step.name());
            }

            @Override
            public void done(Step step) {
                heard.add("done " + step.name());
            }
        };
    }

    static <T> T done(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T>(var value)) {
            return value;
        }
        throw new AssertionError("not done: " + outcome);
    }

    static Failure refused(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Refused<?>(var failure)) {
            return failure;
        }
        throw new AssertionError("not refused: " + outcome);
    }
}
