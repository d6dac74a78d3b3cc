package io.isthmus.core.backup;

/** The losses that a plan for a fleet provides for, one at a time. */
public enum Survives {
    /** Any one site. */
    SITE,
    /** All sites of any one failure domain together; and any one site that is in none. */
    FAILURE_DOMAIN
}
