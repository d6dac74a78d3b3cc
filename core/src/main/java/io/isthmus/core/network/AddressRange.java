package io.isthmus.core.network;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A run of addresses of one version; both ends belong to it. Neutron calls it an allocation pool. */
public record AddressRange(IpAddress start, IpAddress end) {
    public AddressRange {
        if (start.version() != end.version() || start.compareTo(end) > 0) {
            throw new IllegalArgumentException(
                    "a range runs from a lower to a higher address: " + start + " to " + end);
        }
    }

    public boolean contains(IpAddress address) {
        return address.version() == start.version() && start.compareTo(address) <= 0 && address.compareTo(end) <= 0;
    }

    public boolean overlaps(AddressRange other) {
        return contains(other.start) || other.contains(start);
    }

    /** How many addresses it has. */
    public BigInteger size() {
        return end.parsed().getValue().subtract(start.parsed().getValue()).add(BigInteger.ONE);
    }

    /** What is left of it without {@code taken}, in order: at most two ranges. */
    public List<AddressRange> without(AddressRange taken) {
        if (!overlaps(taken)) {
            return List.of(this);
        }
        var left = new ArrayList<AddressRange>();
        if (start.compareTo(taken.start) < 0) {
            left.add(new AddressRange(start, next(taken.start, -1)));
        }
        if (taken.end.compareTo(end) < 0) {
            left.add(new AddressRange(next(taken.end, 1), end));
        }
        return left;
    }

    /** Its lower and its upper half; the lower one is the larger if the size is odd. */
    public List<AddressRange> halves() {
        if (size().equals(BigInteger.ONE)) {
            throw new IllegalArgumentException("a range of one address has no halves: " + start);
        }
        var half = size().add(BigInteger.ONE).shiftRight(1);
        var lastOfLower = new IpAddress(
                start.parsed().increment(half.subtract(BigInteger.ONE)).toCanonicalString());
        return List.of(new AddressRange(start, lastOfLower), new AddressRange(next(lastOfLower, 1), end));
    }

    private static IpAddress next(IpAddress address, long step) {
        return new IpAddress(address.parsed().increment(step).toCanonicalString());
    }

    @Override
    public String toString() {
        return start + "-" + end;
    }
}
