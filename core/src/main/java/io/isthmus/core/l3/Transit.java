package io.isthmus.core.l3;

import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.SideRole;
import java.util.List;
import java.util.stream.Stream;

/**
 * The network between the two routers of an L3 connection. Of its six addresses each side has three, the local side first:
 *
 * <pre>
 *   .1 .2  the routers            .3 .4  the gateways' translators, if there are any            .5 .6  the probe ports
 * </pre>
 *
 * @param prefix a /29 that nothing else at either side has
 */
public record Transit(Cidr prefix, RouterShare local, RouterShare remote) {
    /** How long a transit prefix is. */
    public static final int LENGTH = 29;

    /** Translated prefixes are kept apart by blocks of this length. */
    public static final int NAT_BLOCK_LENGTH = 24;

    public Transit {
        if (prefix.version() != 4 || prefix.prefixLength() != LENGTH) {
            throw new IllegalArgumentException("a transit is an IPv4 /" + LENGTH + ": " + prefix);
        }
    }

    public RouterShare share(SideRole role) {
        return switch (role) {
            case LOCAL -> local;
            case REMOTE -> remote;
        };
    }

    /** Whether packets pass translators at the gateways. */
    public boolean translates() {
        return !local.translations().isEmpty() || !remote.translations().isEmpty();
    }

    public IpAddress router(SideRole role) {
        return host(role == SideRole.LOCAL ? 1 : 2);
    }

    public IpAddress translator(SideRole role) {
        return host(role == SideRole.LOCAL ? 3 : 4);
    }

    public IpAddress probe(SideRole role) {
        return host(role == SideRole.LOCAL ? 5 : 6);
    }

    /** Where the router of {@code role} sends what is for the other side. */
    public IpAddress nextHop(SideRole role) {
        return translates() ? translator(role) : router(role.other());
    }

    /** What the router of {@code role} gets routes for. */
    public List<Cidr> destinations(SideRole role) {
        return share(role.other()).visible();
    }

    /** The number by which the store keeps the prefix from being given twice. */
    public int number() {
        return prefix.blocks(LENGTH).getFirst();
    }

    /** The numbers of the blocks that its translated prefixes have to themselves. */
    public List<Integer> natNumbers() {
        return Stream.of(local, remote)
                .flatMap(share -> share.translations().stream())
                .flatMap(translation -> translation.translatedPrefix().blocks(NAT_BLOCK_LENGTH).stream())
                .distinct()
                .toList();
    }

    private IpAddress host(int number) {
        return prefix.host(number);
    }
}
