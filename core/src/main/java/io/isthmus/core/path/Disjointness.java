package io.isthmus.core.path;

/**
 * How much two paths must have apart; each level includes those before it. Their ends do not count: they are where they are.
 */
public enum Disjointness {
    /** They share no link. */
    LINK,
    /** They share no link and no site between their ends. */
    NODE,
    /** Nor does any failure domain hold a link or transit site of both (a shared risk link group, RFC 4202, section 2.3). */
    SHARED_RISK;

    boolean includes(Disjointness level) {
        return compareTo(level) >= 0;
    }
}
