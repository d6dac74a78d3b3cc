package io.isthmus.core.backup;

/** How a site is, as far as was seen. */
public enum Health {
    /** Nothing was seen yet; this does not speak against a site. */
    UNKNOWN,
    ONLINE,
    /** A part of it does not answer, so nothing could be built there now. */
    DEGRADED,
    UNREACHABLE
}
