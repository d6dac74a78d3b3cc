package io.isthmus.core.l3;

import io.isthmus.core.network.Cidr;

/** A prefix and the one of the same length by which the other side knows it: each address has one counterpart. */
public record Translation(Cidr prefix, Cidr translatedPrefix) {
    public Translation {
        if (prefix.version() != translatedPrefix.version()
                || prefix.prefixLength() != translatedPrefix.prefixLength()) {
            throw new IllegalArgumentException(
                    "1:1 translation needs prefixes of one length: " + prefix + ", " + translatedPrefix);
        }
    }
}
