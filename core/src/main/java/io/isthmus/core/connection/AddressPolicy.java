package io.isthmus.core.connection;

/** What to do where both sides use the same addresses. */
public enum AddressPolicy {
    REJECT_OVERLAP,
    NAT
}
