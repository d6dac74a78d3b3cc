package io.isthmus.southbound.openstack;

import static io.isthmus.southbound.openstack.CloudDriverContract.ANYBODYS;
import static io.isthmus.southbound.openstack.CloudDriverContract.done;
import static io.isthmus.southbound.openstack.CloudDriverContract.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.endpoint.Claim;
import io.isthmus.core.l3.JoinedRouter;
import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.Goal;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.side.NetworkIntent.ExternalSubnet;
import io.isthmus.core.side.NetworkIntent.ProviderNetwork;
import io.isthmus.core.side.NetworkIntent.RoutedTransit;
import io.isthmus.core.site.Cloud;
import io.isthmus.southbound.CloudDriver;
import io.isthmus.southbound.Observed.Foreign;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.StepListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What every cloud driver does with routers and external networks, on a fake cloud as on a real one. */
abstract class RoutedTransitContract {
    private static final Cidr TENANT = new Cidr("10.81.0.0/24");
    private static final Map<String, String> TENANTS_ROUTE =
            Map.of("destination", "172.31.0.0/16", "nexthop", "10.81.0.77");

    private String network = "";
    private String subnet = "";
    private String router = "";

    abstract Cloud cloud();

    abstract CloudDriver driver();

    abstract CloudOperator operator();

    /** The first of five VLANs in the cloud's range that nobody else uses during the test. */
    abstract int vlan();

    /** After how many steps a creation is broken off; a cloud that takes seconds for each tries fewer. */
    List<Integer> halfMade() {
        return List.of(0, 1, 2, 3, 4, 5);
    }

    /** How often each of several connections is made on one router at once. */
    int rounds() {
        return 3;
    }

    /** A tenant's network behind a router that has a route of the tenant's. */
    @BeforeEach
    void makeRouter() throws Exception {
        network = operator().create("networks", Map.of("name", "tenants"));
        subnet = operator()
                .create(
                        "subnets",
                        Map.of(
                                "network_id",
                                network,
                                "ip_version",
                                4,
                                "cidr",
                                TENANT.text(),
                                "gateway_ip",
                                "10.81.0.1"));
        router = operator().create("routers", Map.of("name", "tenants-router"));
        operator().act("routers", router, "add_router_interface", Map.of("subnet_id", subnet));
        operator().update("routers", router, Map.of("routes", List.of(TENANTS_ROUTE)));
    }

    @AfterEach
    void removeRouter() throws Exception {
        operator().update("routers", router, Map.of("routes", List.of()));
        for (var port : operator().list("ports", "device_id", router)) {
            operator()
                    .act(
                            "routers",
                            router,
                            "remove_router_interface",
                            Map.of("port_id", port.path("id").asString()));
        }
        operator().delete("routers", router);
        operator().delete("networks", network);
    }

    @Test
    void aRouterIsFoundWithItsSubnetsAndRoutesByItsIdAndByItsNetwork() throws Exception {
        var found = done(driver().router(cloud(), router, ANYBODYS));

        assertThat(found)
                .isEqualTo(new JoinedRouter(
                        router,
                        "tenants-router",
                        List.of(new JoinedRouter.Subnet(network, TENANT, false)),
                        List.of(new JoinedRouter.Route(new Cidr("172.31.0.0/16"), new IpAddress("10.81.0.77")))));
        assertThat(done(driver().router(cloud(), "tenants-router", ANYBODYS))).isEqualTo(found);
        assertThat(done(driver().routerOf(cloud(), network, ANYBODYS))).isEqualTo(found);
    }

    @Test
    void aMembersRouterIsTheirProjectsOrOneWhoseOwnerLetsThem() throws Exception {
        var stranger = new Claim("p9", false);
        for (var name : List.of(router, "tenants-router")) {
            var refused = refused(driver().router(cloud(), name, stranger));
            assertThat(refused.code()).isEqualTo("router_not_found");
            assertThat(refused.hint()).contains("isthmus-project=p9");
        }
        assertThat(refused(driver().routerOf(cloud(), network, stranger)).code())
                .isEqualTo("network_not_found");

        operator().act("routers", router, "tags", Map.of("tags", List.of("isthmus-project=p9")));
        assertThat(done(driver().router(cloud(), "tenants-router", stranger)).routerId())
                .isEqualTo(router);
        assertThat(refused(driver().routerOf(cloud(), network, stranger)).code())
                .isEqualTo("network_not_found");
        operator().act("networks", network, "tags", Map.of("tags", List.of("isthmus-project=p9")));
        assertThat(done(driver().routerOf(cloud(), network, stranger)).routerId())
                .isEqualTo(router);
    }

    @Test
    void whatHasNoRouterOrSeveralIsRefused() throws Exception {
        assertThat(refused(driver().router(cloud(), UUID.randomUUID().toString(), ANYBODYS))
                        .code())
                .isEqualTo("router_not_found");
        assertThat(refused(driver().routerOf(cloud(), UUID.randomUUID().toString(), ANYBODYS))
                        .code())
                .isEqualTo("network_not_found");
        var second = operator().create("routers", Map.of("name", "second"));
        var port = operator().create("ports", Map.of("network_id", network));
        try {
            operator()
                    .act("routers", second, "add_router_interface", Map.of("port_id", withAddress(port, "10.81.0.2")));
            var failure = refused(driver().routerOf(cloud(), network, ANYBODYS));
            assertThat(failure.code()).isEqualTo("router_ambiguous");
            assertThat(failure.detail()).contains(router, second);
        } finally {
            for (var each : operator().list("ports", "device_id", second)) {
                operator()
                        .act(
                                "routers",
                                second,
                                "remove_router_interface",
                                Map.of("port_id", each.path("id").asString()));
            }
            operator().delete("routers", second);
        }
    }

    /** Another port in its place, since a port's addresses are chosen when it is made. */
    private String withAddress(String port, String address) throws Exception {
        operator().delete("ports", port);
        return operator()
                .create(
                        "ports",
                        Map.of(
                                "network_id",
                                network,
                                "fixed_ips",
                                List.of(Map.of("subnet_id", subnet, "ip_address", address))));
    }

    @Test
    void aRouterIsJoinedAndLeftAsItWas() throws Exception {
        var intent = intent(0);

        var before = done(driver().observe(intent, Goal.PRESENT));
        assertThat(before.steps())
                .extracting(Step::name)
                .containsExactly(
                        "create network",
                        "create subnet",
                        "create port",
                        "create router interface",
                        "create extra routes");
        reach(intent, Goal.PRESENT);

        assertThat(done(driver().observe(intent, Goal.PRESENT)).facts())
                .containsEntry("router_id", router)
                .containsEntry("router_address", "100.126.250.1")
                .containsEntry("routes", "10.82.0.0/24 via 100.126.250.2, 10.83.0.0/24 via 100.126.250.2")
                .containsKeys("network_id", "subnet_id", "port_id");
        assertThat(destinations()).containsExactlyInAnyOrder("172.31.0.0/16", "10.82.0.0/24", "10.83.0.0/24");

        var removal = done(driver().observe(intent, Goal.ABSENT)).steps();
        assertThat(removal)
                .extracting(Step::name)
                .containsExactly("delete extra routes", "delete router interface", "delete network");
        reach(intent, Goal.ABSENT);
        assertThat(destinations()).containsExactly("172.31.0.0/16");
        assertThat(operator().list("ports", "device_id", router)).hasSize(1);
    }

    @Test
    void whatIsTakenAwayByHandIsMadeAgain() throws Exception {
        var intent = intent(0);
        reach(intent, Goal.PRESENT);

        operator().update("routers", router, Map.of("routes", List.of(TENANTS_ROUTE)));
        assertThat(done(driver().observe(intent, Goal.PRESENT)).steps())
                .extracting(Step::name)
                .containsExactly("create extra routes");
        var port = java.util.Objects.requireNonNull(
                done(driver().observe(intent, Goal.PRESENT)).facts().get("port_id"));
        operator().update("ports", port, Map.of("name", "mine", "description", "", "admin_state_up", false));
        var update = done(driver().observe(intent, Goal.PRESENT)).steps().getFirst();
        assertThat(update.name()).isEqualTo("update port");
        assertThat(update.changes())
                .extracting(Step.FieldChange::field)
                .containsExactly("name", "description", "admin_state_up");
        done(driver().apply(intent, List.of(update), StepListener.NONE));
        assertThat(done(driver().observe(intent, Goal.PRESENT)).steps())
                .extracting(Step::name)
                .containsExactly("create extra routes");
        operator().act("routers", router, "remove_router_interface", Map.of("port_id", port));
        assertThat(done(driver().observe(intent, Goal.PRESENT)).steps())
                .extracting(Step::name)
                .containsExactly("create port", "create router interface", "create extra routes");
        reach(intent, Goal.PRESENT);

        reach(intent, Goal.ABSENT);
    }

    @Test
    void whatOthersPutIntoTheTransitOrRouteElsewhereIsToldAndLeftAlone() throws Exception {
        var intent = intent(0);
        reach(intent, Goal.PRESENT);
        var transit = done(driver().observe(intent, Goal.PRESENT)).facts().get("network_id");
        var stray = operator()
                .create(
                        "ports",
                        Map.of(
                                "network_id",
                                java.util.Objects.requireNonNull(transit),
                                "fixed_ips",
                                List.of(Map.of("ip_address", "100.126.250.4"))));
        var elsewhere = List.of(Map.of("destination", "10.82.0.0/24", "nexthop", "10.81.0.77"));
        operator().act("routers", router, "add_extraroutes", Map.of("router", Map.of("routes", elsewhere)));
        try {
            var seen = done(driver().observe(intent, Goal.PRESENT));
            assertThat(seen.steps()).isEmpty();
            assertThat(seen.foreign())
                    .containsExactlyInAnyOrder(
                            new Foreign("port", stray, "ip_address", "100.126.250.4"),
                            new Foreign("extra_routes", router, "10.82.0.0/24", "10.81.0.77"));
        } finally {
            operator().act("routers", router, "remove_extraroutes", Map.of("router", Map.of("routes", elsewhere)));
            operator().delete("ports", stray);
        }
        reach(intent, Goal.ABSENT);
    }

    @Test
    void everyHalfMadeStateIsFinishedAndIsRemovedWhole() throws Exception {
        var intent = intent(0);
        for (int made : halfMade()) {
            var steps = done(driver().observe(intent, Goal.PRESENT)).steps();
            done(driver().apply(intent, steps.subList(0, made), StepListener.NONE));
            reach(intent, Goal.ABSENT);
            done(driver().apply(intent, steps.subList(0, made), StepListener.NONE));
            reach(intent, Goal.PRESENT);
            reach(intent, Goal.ABSENT);
        }
    }

    @Test
    void connectionsThatChangeOneRouterAtOnceLoseNothing() throws Exception {
        changeOneRouterAtOnce();
    }

    final void changeOneRouterAtOnce() throws Exception {
        var intents = List.of(intent(0), intent(1), intent(2));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = intents.stream()
                    .map(intent -> threads.submit(() -> {
                        for (int round = 1; round <= rounds(); round++) {
                            reach(intent, Goal.PRESENT);
                            if (round < rounds()) {
                                reach(intent, Goal.ABSENT);
                            }
                        }
                        return intent;
                    }))
                    .toList();
            for (var each : work) {
                each.get();
            }
        }

        assertThat(destinations())
                .containsExactlyInAnyOrder(
                        "172.31.0.0/16",
                        "10.82.0.0/24",
                        "10.83.0.0/24",
                        "10.82.1.0/24",
                        "10.83.1.0/24",
                        "10.82.2.0/24",
                        "10.83.2.0/24");
        for (var intent : intents) {
            reach(intent, Goal.ABSENT);
        }
        assertThat(destinations()).containsExactly("172.31.0.0/16");
    }

    @Test
    void anExternalNetworkGetsAFurtherSubnetAndLosesOnlyThat() throws Exception {
        var external = operator()
                .create(
                        "networks",
                        Map.of(
                                "name",
                                "outside",
                                "router:external",
                                true,
                                "mtu",
                                1400,
                                "provider:network_type",
                                "vlan",
                                "provider:physical_network",
                                cloud().physicalNetwork(),
                                "provider:segmentation_id",
                                vlan() + 3));
        try {
            operator().create("subnets", Map.of("network_id", external, "ip_version", 4, "cidr", "10.84.0.0/24"));
            assertThat(done(driver().find(cloud(), external, ANYBODYS)).external())
                    .isTrue();
            var connection = new ConnectionId(UUID.randomUUID());
            var intent = new ExternalSubnet(
                    cloud(),
                    connection,
                    "isthmus test " + connection,
                    "isthmus-test",
                    external,
                    vlan() + 3,
                    1400,
                    new Cidr("10.85.0.0/24"),
                    range("10.85.0.10", "10.85.0.99"));

            assertThat(done(driver().observe(intent, Goal.PRESENT)).steps())
                    .extracting(Step::name)
                    .containsExactly("create subnet");
            reach(intent, Goal.PRESENT);
            assertThat(done(driver().observe(intent, Goal.PRESENT)).facts())
                    .containsEntry("network_id", external)
                    .containsEntry("allocation_pool", "10.85.0.10-10.85.0.99")
                    .containsKey("subnet_id");
            assertThat(operator().list("subnets", "network_id", external)).hasSize(2);

            reach(intent, Goal.ABSENT);
            assertThat(operator().list("subnets", "network_id", external))
                    .extracting(each -> each.path("cidr").asString())
                    .containsExactly("10.84.0.0/24");
        } finally {
            operator().delete("networks", external);
        }
    }

    final RoutedTransit intent(int number) {
        var connection = new ConnectionId(UUID.randomUUID());
        return new RoutedTransit(
                new ProviderNetwork(
                        cloud(),
                        connection,
                        "isthmus test " + connection,
                        "isthmus-test",
                        vlan() + number,
                        1400,
                        new Cidr("100.126.%d.0/29".formatted(250 + number)),
                        range("100.126.%d.6".formatted(250 + number), "100.126.%d.6".formatted(250 + number)),
                        Optional.empty(),
                        false),
                router,
                new IpAddress("100.126.%d.1".formatted(250 + number)),
                new IpAddress("100.126.%d.2".formatted(250 + number)),
                List.of(new Cidr("10.82.%d.0/24".formatted(number)), new Cidr("10.83.%d.0/24".formatted(number))));
    }

    private List<String> destinations() throws Exception {
        var routes = operator().list("routers", "id", router).getFirst().path("routes");
        return routes.valueStream()
                .map((JsonNode route) -> route.path("destination").asString())
                .toList();
    }

    /** As the engine does: look, do, look again, a few times. */
    private void reach(NetworkIntent intent, Goal goal) throws InterruptedException {
        for (int round = 1; round <= rounds(); round++) {
            var steps = done(driver().observe(intent, goal)).steps();
            if (steps.isEmpty()) {
                return;
            }
            done(driver().apply(intent, steps, StepListener.NONE));
        }
        assertThat(done(driver().observe(intent, goal)).steps()).isEmpty();
    }

    private static AddressRange range(String start, String end) {
        return new AddressRange(new IpAddress(start), new IpAddress(end));
    }
}
