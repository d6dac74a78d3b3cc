package io.isthmus.core.network;

import java.math.BigInteger;

/** An IPv4 or IPv6 prefix such as {@code 10.20.0.0/24}; its host bits are zero. */
public record Cidr(String text) {
    public Cidr {
        text = canonical(text);
    }

    private static String canonical(String text) {
        var string = IpAddress.string(text);
        var parsed = text.matches("[0-9a-fA-F.:]+/\\d{1,3}") ? string.getAddress() : null;
        if (parsed == null) {
            throw new IllegalArgumentException("not a CIDR such as 10.20.0.0/24: " + text);
        }
        var host = string.getHostAddress();
        if (host != null && !host.equals(parsed.toPrefixBlock().getLower().withoutPrefixLength())) {
            throw new IllegalArgumentException("the CIDR has host bits: " + text + "; did you mean "
                    + parsed.toPrefixBlock().toCanonicalString() + "?");
        }
        return parsed.toPrefixBlock().toCanonicalString();
    }

    /** 4 or 6. */
    public int version() {
        return text.indexOf(':') >= 0 ? 6 : 4;
    }

    public int prefixLength() {
        return Integer.parseInt(text.substring(text.indexOf('/') + 1));
    }

    public boolean contains(IpAddress address) {
        return block().contains(address.parsed());
    }

    public boolean overlaps(Cidr other) {
        return version() == other.version()
                && (block().contains(other.block()) || other.block().contains(block()));
    }

    /** All addresses that a host may have, the network's and the broadcast address left out. */
    public AddressRange hosts() {
        var low = block().getLower().withoutPrefixLength();
        var high = block().getUpper().withoutPrefixLength();
        var spare = prefixLength() < (version() == 4 ? 31 : 127);
        return new AddressRange(
                new IpAddress((spare ? low.increment(1) : low).toCanonicalString()),
                new IpAddress((spare && version() == 4 ? high.increment(-1) : high).toCanonicalString()));
    }

    BigInteger size() {
        return block().getCount();
    }

    private inet.ipaddr.IPAddress block() {
        return IpAddress.string(text).getAddress().toPrefixBlock();
    }

    @Override
    public String toString() {
        return text;
    }
}
