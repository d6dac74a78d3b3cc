package io.isthmus.core.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was read of a site's cloud: whether its Keystone lets us in, and what its Neutron says. */
public record CloudReading(Reading<Token> token, Reading<NetworkReading> network) {

    /**
     * A token that was asked for just now.
     *
     * @param clockAhead how far Keystone's clock is ahead of this node's
     * @param life how long the token lasts
     */
    public record Token(Duration clockAhead, Duration life) {}

    /**
     * What Neutron says of the connection's network and what serves it.
     *
     * @param deviations of network and subnets from what is wanted; failed if what is there cannot be used
     * @param network the connection's network, if it is there
     * @param othersOnVlan other networks on the connection's VLAN
     */
    public record NetworkReading(
            Reading<List<Deviation>> deviations,
            Optional<Network> network,
            List<String> othersOnVlan,
            List<Agent> agents,
            List<Port> ports) {
        public NetworkReading {
            othersOnVlan = List.copyOf(othersOnVlan);
            agents = List.copyOf(agents);
            ports = List.copyOf(ports);
        }
    }

    /** A Neutron network. */
    public record Network(String id, String name, boolean adminStateUp) {}

    /** A Neutron agent; alive if Neutron heard of it lately. */
    public record Agent(String type, String host, boolean alive, boolean adminStateUp) {
        /** Whether it plugs ports into networks. */
        boolean isForLayer2() {
            var lower = type.toLowerCase(java.util.Locale.ROOT);
            return lower.contains("open vswitch")
                    || lower.contains("linux bridge")
                    || lower.contains("ovn controller")
                    || lower.contains("nic switch");
        }
    }

    /**
     * A port in the connection's network.
     *
     * @param allowsRemote whether its security groups let anything in from the other side; true where none apply
     */
    public record Port(
            String id,
            String name,
            String owner,
            String host,
            String vifType,
            String status,
            boolean adminStateUp,
            String mac,
            List<String> addresses,
            Instant createdAt,
            boolean allowsRemote) {
        public Port {
            addresses = List.copyOf(addresses);
        }

        String title() {
            return name.isEmpty() ? id : name + " (" + id + ")";
        }

        /** Made by Neutron itself, such as a DHCP port. */
        boolean isNeutronsOwn() {
            return owner.startsWith("network:");
        }
    }
}
