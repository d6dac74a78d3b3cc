package io.isthmus.server.webhook;

import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * To which addresses events may be sent: public ones, and those that the operator allows. A tenant names the URL and the
 * node stands in the operator's network, so everything else is refused. All addresses of a name must be allowed.
 */
public final class AllowedAddresses {
    /** From IANA's registries of special-purpose addresses. */
    private static final List<Cidr> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "::/96",
                    "::ffff:0:0/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(Cidr::new)
            .toList();

    private final List<Cidr> allowed;

    /** Makes one; {@code allowed} although they are not public. */
    public AllowedAddresses(List<Cidr> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** Why nothing may be sent to this URL; empty if it may. */
    public Optional<String> refusal(URI url) {
        try {
            for (var address : InetAddress.getAllByName(url.getHost())) {
                if (!isAllowed(new IpAddress(address.getHostAddress().replaceAll("%.*", "")))) {
                    return Optional.of("%s is at an address that is not public, and --webhook-allow does not name it"
                            .formatted(url.getHost()));
                }
            }
            return Optional.empty();
        } catch (UnknownHostException unknown) {
            return Optional.of("the name of its host is not known");
        }
    }

    boolean isAllowed(IpAddress address) {
        return isIn(allowed, address) || !isIn(NOT_PUBLIC, address);
    }

    private static boolean isIn(List<Cidr> cidrs, IpAddress address) {
        return cidrs.stream().anyMatch(cidr -> cidr.version() == address.version() && cidr.contains(address));
    }
}
