package io.isthmus.cli.connection;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** An IPv4 prefix; bits after {@code length} are zero. */
record Ipv4Prefix(long address, int length) {
    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:/(\\d{1,2}))?");

    Ipv4Prefix {
        if (length < 0 || length > 32 || address < 0 || address > 0xffff_ffffL) {
            throw new IllegalArgumentException("not an IPv4 prefix: " + address + "/" + length);
        }
        address &= mask(length);
    }

    /** Reads {@code 10.64.0.0/24}; empty for anything else, such as IPv6. */
    static Optional<Ipv4Prefix> parse(String text) {
        var match = TEXT.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        long address = 0;
        for (int group = 1; group <= 4; group++) {
            int part = Integer.parseInt(match.group(group));
            if (part > 255) {
                return Optional.empty();
            }
            address = address << 8 | part;
        }
        int length = match.group(5) == null ? 32 : Integer.parseInt(match.group(5));
        return length > 32 ? Optional.empty() : Optional.of(new Ipv4Prefix(address, length));
    }

    boolean overlaps(Ipv4Prefix other) {
        long common = mask(Math.min(length, other.length));
        return (address & common) == (other.address & common);
    }

    /** The first prefix of that length within this one that overlaps nothing of {@code taken}. */
    Optional<Ipv4Prefix> firstFree(int wantedLength, Collection<Ipv4Prefix> taken) {
        return IntStream.range(0, 1 << (wantedLength - length))
                .mapToObj(number -> new Ipv4Prefix(address + ((long) number << (32 - wantedLength)), wantedLength))
                .filter(candidate -> taken.stream().noneMatch(candidate::overlaps))
                .findFirst();
    }

    private static long mask(int length) {
        return length == 0 ? 0 : 0xffff_ffffL << (32 - length) & 0xffff_ffffL;
    }

    @Override
    public String toString() {
        return "%d.%d.%d.%d/%d"
                .formatted(address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255, length);
    }
}
