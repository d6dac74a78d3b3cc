package io.isthmus.southbound.openstack;

import io.isthmus.core.network.Cidr;
import io.isthmus.core.side.Goal;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.side.NetworkIntent.ExistingNetwork;
import io.isthmus.core.side.NetworkIntent.ProviderNetwork;
import io.isthmus.core.site.Cloud;
import io.isthmus.southbound.CloudDriver;
import io.isthmus.southbound.CloudExaminer;
import io.isthmus.southbound.Credentials;
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
        });
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
        });
    }

    @Override
    public Outcome<Set<Integer>> usedVlans(Cloud cloud) throws InterruptedException {
        return asking(cloud, neutron -> neutron.usedVlans(options.pageSize()));
    }

    @Override
    public Outcome<FoundNetwork> find(Cloud cloud, String networkId) throws InterruptedException {
        return asking(cloud, neutron -> {
            var network = demand(neutron, cloud, networkId);
            var cidrs = network.subnets().isEmpty()
                    ? List.<Cidr>of()
                    : neutron.subnets(List.of(networkId)).stream()
                            .map(NeutronSubnet::prefix)
                            .toList();
            return new FoundNetwork(
                    network.id(), network.name(), network.segmentationId().orElseThrow(), network.mtu(), cidrs);
        });
    }

    /** Looks at the same clouds with the same tokens. */
    public CloudExaminer examiner() {
        return new OpenStackExaminer(clients, keystone, options);
    }

    @Override
    public void close() {
        clients.close();
    }

    static Observed check(Neutron neutron, ExistingNetwork existing, Goal goal) throws NotDone, InterruptedException {
        if (goal == Goal.ABSENT) {
            return new Observed(List.of(), new TreeMap<>());
        }
        var network = demand(neutron, existing.cloud(), existing.networkId());
        int vlan = network.segmentationId().orElseThrow();
        if (vlan != existing.vlan()) {
            throw NotDone.refused(
                    "vlan_mismatch",
                    "network " + network.title() + " is on VLAN " + vlan + ", planned was " + existing.vlan(),
                    "Delete the connection and make it anew, so that it follows the network's VLAN.");
        }
        if (network.mtu() < existing.mtu()) {
            throw NotDone.refused(
                    "mtu_mismatch",
                    "network " + network.title() + " has an MTU of " + network.mtu() + " bytes, planned were "
                            + existing.mtu(),
                    "Raise the network's MTU again, or connect with a smaller one.");
        }
        var facts = new TreeMap<String, String>();
        facts.put("network_id", network.id());
        facts.put("project_id", network.projectId());
        facts.put("mtu", Integer.toString(network.mtu()));
        facts.put("physical_network", existing.cloud().physicalNetwork());
        facts.put("segmentation_id", Integer.toString(vlan));
        return new Observed(List.of(), facts);
    }

    /** A network that exists and is a VLAN of the cloud's physical network. */
    private static NeutronNetwork demand(Neutron neutron, Cloud cloud, String networkId)
            throws NotDone, InterruptedException {
        var found = networkId.matches("[A-Za-z0-9_-]{1,64}")
                ? neutron.network(networkId)
                : Optional.<NeutronNetwork>empty();
        var network = found.orElseThrow(() -> NotDone.refused(
                "network_not_found",
                "this Neutron has no network " + networkId + " that the credential may see",
                "Check the network's id and the site; the credential's user must be allowed to see it."));
        if (network.segmentationId().isEmpty()
                || !network.isVlan(
                        cloud.physicalNetwork(), network.segmentationId().get())) {
            throw NotDone.refused(
                    "network_not_vlan",
                    "network " + network.title() + " is not a VLAN of physical network " + cloud.physicalNetwork()
                            + ", but "
                            + network.networkType()
                                    .map(type -> type
                                            + network.physicalNetwork()
                                                    .map(name -> " on " + name)
                                                    .orElse(""))
                                    .orElse("of a type that the credential may not see"),
                    "Name a VLAN network of that physical network, or let Isthmus make one.");
        }
        return network;
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

    static String place(Cloud cloud) {
        return "region " + cloud.regionName()
                + cloud.cell().map(cell -> ", cell " + cell).orElse("");
    }

    static String titles(List<NeutronPort> ports) {
        var shown = ports.stream().limit(5).map(NeutronPort::title).collect(Collectors.joining(", "));
        return ports.size() > 5 ? shown + " and " + (ports.size() - 5) + " more" : shown;
    }
}
