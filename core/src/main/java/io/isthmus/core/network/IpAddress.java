package io.isthmus.core.network;

import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;

/** One IPv4 or IPv6 address in its canonical text form, without zone or prefix length. */
public record IpAddress(String text) implements Comparable<IpAddress> {
    /** Four decimal numbers for IPv4: the short, octal and hexadecimal forms of inet_aton would be taken for typing errors. */
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allow_inet_aton(false)
            .allowAll(false)
            .allowEmpty(false)
            .allowSingleSegment(false)
            .allowMask(false)
            .toParams();

    public IpAddress {
        text = canonical(text);
    }

    private static String canonical(String text) {
        var parsed = string(text).getAddress();
        if (parsed == null || parsed.isMultiple() || parsed.isPrefixed() || text.contains("%")) {
            throw new IllegalArgumentException("not an IP address: " + text);
        }
        return parsed.toCanonicalString();
    }

    /** 4 or 6. */
    public int version() {
        return text.indexOf(':') >= 0 ? 6 : 4;
    }

    static IPAddressString string(String text) {
        return new IPAddressString(text, STRICT);
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
