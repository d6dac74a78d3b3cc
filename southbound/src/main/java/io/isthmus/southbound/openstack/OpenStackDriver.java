package io.isthmus.southbound.openstack;

import io.isthmus.core.backup.RunningVnf;
import io.isthmus.core.endpoint.Claim;
import io.isthmus.core.l3.JoinedRouter;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.side.Goal;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.side.NetworkIntent.ExistingNetwork;
import io.isthmus.core.side.NetworkIntent.ExternalSubnet;
import io.isthmus.core.side.NetworkIntent.ProviderNetwork;
import io.isthmus.core.side.NetworkIntent.RoutedTransit;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Cloud;
import io.isthmus.southbound.CloudDriver;
import io.isthmus.southbound.CloudExaminer;
import io.isthmus.southbound.Credentials;
import io.isthmus.southbound.FoundImage;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.StepListener;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes networks in OpenStack clouds by Keystone's and Neutron's APIs.
 *
 * <p>A network is Isthmus's own if its description is the intent's mark <em>and</em> it belongs to the project that the
 * credential opens; a tenant, who may write any description, cannot have a network of theirs taken for ours. One query by that
 * description finds everything: the network, whatever its VLAN, and what an earlier attempt left on another one. While there is
 * none this is all that is read, in a few milliseconds; otherwise the subnets follow. Whether somebody else uses the VLAN is
 * left to Neutron, which refuses to create a second network there; only then is it asked who that is.
 *
 * <p>Safe for use by many threads at once. It keeps nothing but tokens.
 */
public final class OpenStackDriver implements CloudDriver, AutoCloseable {
    private final OpenStackOptions options;
    private final HttpClients clients;
    private final Keystone keystone;

    public OpenStackDriver(Credentials credentials, OpenStackOptions options, InstantSource clock) {
        this(credentials, options, clock, clock);
    }

    /**
     * A driver.
     *
     * @param clock by which tokens live; only its differences count, so that a {@link SteadyClock} is best
     * @param dates the node's date, to be compared with the clouds'
     */
    public OpenStackDriver(
            Credentials credentials, OpenStackOptions options, InstantSource clock, InstantSource dates) {
        this.options = options;
        this.clients = new HttpClients(options);
        this.keystone = new Keystone(clients, credentials, options, clock, dates);
    }

    @Override
    public Outcome<Observed> observe(NetworkIntent intent, Goal goal) throws InterruptedException {
        return asking(intent.cloud(), neutron -> switch (intent) {
            case ProviderNetwork wanted -> new ProviderNetworkWork(neutron, wanted).observe(goal);
            case ExistingNetwork existing -> check(neutron, existing, goal);
            case ExternalSubnet external -> new ExternalSubnetWork(neutron, external).observe(goal);
            case RoutedTransit routed -> new RoutedTransitWork(neutron, neutron.routers(), routed).observe(goal);
        });
    }

    /** Neutron itself refuses a second network on the VLAN, and it is then looked whose the first one is. */
    @Override
    public List<Step> fromNothing(NetworkIntent intent) {
        return intent instanceof ProviderNetwork wanted
                ? NetworkPlan.toPresent(wanted, List.of(), List.of()).observed().steps()
                : List.of();
    }

    @Override
    public Outcome<Applied> apply(NetworkIntent intent, List<Step> steps, StepListener listener)
            throws InterruptedException {
        return asking(intent.cloud(), neutron -> switch (intent) {
            case ProviderNetwork wanted -> new ProviderNetworkWork(neutron, wanted).apply(steps, listener);
            case ExistingNetwork existing -> {
                if (!steps.isEmpty()) {
                    throw new IllegalArgumentException(
                            "Isthmus never changes an existing network: " + existing.networkId());
                }
                yield new Applied(0);
            }
            case ExternalSubnet external -> new ExternalSubnetWork(neutron, external).apply(steps, listener);
            case RoutedTransit routed ->
                new RoutedTransitWork(neutron, neutron.routers(), routed).apply(steps, listener);
        });
    }

    @Override
    public Outcome<Set<Integer>> usedVlans(Cloud cloud) throws InterruptedException {
        return asking(cloud, neutron -> neutron.usedVlans(options.pageSize()));
    }

    @Override
    public Outcome<FoundNetwork> find(Cloud cloud, String networkId, Claim claim) throws InterruptedException {
        return asking(cloud, neutron -> {
            var network = ExistingNetworks.demand(neutron, cloud, networkId, claim);
            var cidrs = network.subnets().isEmpty()
                    ? List.<Cidr>of()
                    : neutron.subnets(List.of(networkId)).stream()
                            .map(NeutronSubnet::prefix)
                            .toList();
            return new FoundNetwork(
                    network.id(),
                    network.name(),
                    network.segmentationId().orElseThrow(),
                    network.mtu(),
                    cidrs,
                    network.isExternal());
        });
    }

    @Override
    public Outcome<Capacity> freeCapacity(Cloud cloud) throws InterruptedException {
        return reading(cloud, Service.PLACEMENT, wire -> new Placement(wire, cloud).free());
    }

    @Override
    public Outcome<List<RunningVnf>> servers(Cloud cloud, String idOrName) throws InterruptedException {
        return reading(cloud, Service.COMPUTE, wire -> new Nova(wire).servers(idOrName));
    }

    @Override
    public Outcome<Boolean> hasFlavor(Cloud cloud, Capacity resources) throws InterruptedException {
        return reading(cloud, Service.COMPUTE, wire -> new Nova(wire).hasFlavor(resources));
    }

    @Override
    public Outcome<Optional<FoundImage>> image(Cloud cloud, String imageId) throws InterruptedException {
        return reading(cloud, Service.IMAGE, wire -> new Glance(wire).image(imageId));
    }

    @Override
    public Outcome<Boolean> hasImage(Cloud cloud, FoundImage image) throws InterruptedException {
        return reading(cloud, Service.IMAGE, wire -> new Glance(wire).has(image));
    }

    @Override
    public Outcome<List<String>> users(NetworkIntent intent) throws InterruptedException {
        return asking(intent.cloud(), neutron -> new TenantsUse(neutron, intent).users());
    }

    @Override
    public Outcome<List<String>> leave(NetworkIntent intent) throws InterruptedException {
        return asking(intent.cloud(), neutron -> new TenantsUse(neutron, intent).leave());
    }

    /** Looks at the same clouds with the same tokens. */
    public CloudExaminer examiner() {
        return new OpenStackExaminer(clients, keystone, options);
    }

    @Override
    public Outcome<JoinedRouter> router(Cloud cloud, String routerId, Claim claim) throws InterruptedException {
        return asking(cloud, neutron -> neutron.routers().describe(routerId, claim));
    }

    @Override
    public Outcome<JoinedRouter> routerOf(Cloud cloud, String networkId, Claim claim) throws InterruptedException {
        return asking(cloud, neutron -> neutron.routers().describeRouterOf(networkId, claim));
    }

    @Override
    public void close() {
        clients.close();
    }

    static Observed check(Neutron neutron, ExistingNetwork existing, Goal goal) throws NotDone, InterruptedException {
        return new Observed(
                List.of(),
                goal == Goal.ABSENT
                        ? new TreeMap<>()
                        : ExistingNetworks.check(
                                neutron, existing.cloud(), existing.networkId(), existing.vlan(), existing.mtu()));
    }

    /** What a call does, once it may talk to Neutron. */
    @FunctionalInterface
    private interface Work<T> {
        T with(Neutron neutron) throws NotDone, InterruptedException;
    }

    private <T> Outcome<T> asking(Cloud cloud, Work<T> work) throws InterruptedException {
        var wire = new NeutronWire(
                clients.trusting(cloud.caCertificate()),
                keystone,
                options,
                cloud,
                Deadline.after(options.callTimeout()));
        try {
            return new Outcome.Done<>(work.with(new Neutron(wire, cloud)));
        } catch (NotDone notDone) {
            return notDone.in(place(cloud)).outcome();
        }
    }

    /** What a call reads of a service that is not Neutron. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(ServiceWire wire) throws NotDone, InterruptedException;
    }

    private <T> Outcome<T> reading(Cloud cloud, Service service, Reading<T> reading) throws InterruptedException {
        var wire = new ServiceWire(
                clients.trusting(cloud.caCertificate()),
                keystone,
                cloud,
                Deadline.after(options.callTimeout()),
                service);
        try {
            return new Outcome.Done<>(reading.of(wire));
        } catch (NotDone notDone) {
            return notDone.in(place(cloud)).outcome();
        }
    }

    static String place(Cloud cloud) {
        return "region " + cloud.regionName()
                + cloud.cell().map(cell -> ", cell " + cell).orElse("");
    }

    static String titles(List<NeutronPort> ports) {
        var shown = ports.stream().limit(5).map(NeutronPort::title).collect(Collectors.joining(", "));
        return ports.size() > 5 ? shown + " and " + (ports.size() - 5) + " more" : shown;
    }
}
