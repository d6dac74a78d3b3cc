package io.isthmus.core.network;

import inet.ipaddr.IPAddressString;

/** One IPv4 or IPv6 address in its canonical text form, without zone or prefix length. */
public record IpAddress(String text) implements Comparable<IpAddress> {
    public IpAddress {
        text = canonical(text);
    }

    private static String canonical(String text) {
        var parsed = new IPAddressString(text).getAddress();
        if (parsed == null || parsed.isMultiple() || parsed.isPrefixed() || text.contains("%")) {
            throw new IllegalArgumentException("not an IP address: " + text);
        }
        return parsed.toCanonicalString();
    }

    /** 4 or 6. */
    public int version() {
        return text.indexOf(':') >= 0 ? 6 : 4;
    }

    inet.ipaddr.IPAddress parsed() {
        return new IPAddressString(text).getAddress();
    }

    @Override
    public int compareTo(IpAddress other) {
        return parsed().compareTo(other.parsed());
    }

    @Override
    public String toString() {
        return text;
    }
}
