package io.isthmus.core.network;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;

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

    /** Whether all of {@code other} is in it. */
    public boolean contains(Cidr other) {
        return version() == other.version() && block().contains(other.block());
    }

    /** Its address number {@code number}, the network's own being 0. */
    public IpAddress host(int number) {
        var address = block().getLower().withoutPrefixLength().increment(number);
        return new IpAddress(address.toCanonicalString());
    }

    /** The prefix of {@code length} bits with the same lowest address. */
    public Cidr lowest(int length) {
        return new Cidr(block().getLower().withoutPrefixLength().toCanonicalString() + "/" + length);
    }

    /** The IPv4 prefix of {@code length} bits that its lowest address is in. */
    public Cidr around(int length) {
        return ofIpv4(length == 0 ? 0 : firstIpv4() >>> (32 - length) << (32 - length), length);
    }

    /** The first IPv4 prefix of {@code length} bits within this one that passes. */
    public Optional<Cidr> firstSubnet(int length, Predicate<Cidr> passes) {
        long step = 1L << (32 - length);
        long end = firstIpv4() + (1L << (32 - prefixLength()));
        for (long address = firstIpv4(); address < end; address += step) {
            var subnet = ofIpv4(address, length);
            if (passes.test(subnet)) {
                return Optional.of(subnet);
            }
        }
        return Optional.empty();
    }

    /**
     * The numbers of all IPv4 prefixes of {@code length} bits that it has addresses of, counted from 0.0.0.0.
     *
     * @param length 1 to 31, so that a number fits an {@code int}
     */
    public List<Integer> blocks(int length) {
        var first = firstIpv4() >>> (32 - length);
        var last = (firstIpv4() + (1L << (32 - prefixLength())) - 1) >>> (32 - length);
        return LongStream.rangeClosed(first, last).mapToObj(Math::toIntExact).toList();
    }

    private long firstIpv4() {
        if (version() != 4) {
            throw new IllegalArgumentException("not an IPv4 prefix: " + text);
        }
        return block().getLower().getValue().longValueExact();
    }

    private static Cidr ofIpv4(long address, int length) {
        return new Cidr("%d.%d.%d.%d/%d"
                .formatted(address >>> 24, address >>> 16 & 255, address >>> 8 & 255, address & 255, length));
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
