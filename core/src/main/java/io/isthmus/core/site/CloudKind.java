package io.isthmus.core.site;

/** How much of OpenStack a site has to itself. */
public enum CloudKind {
    /** Keystone and nova-api are shared with other sites; Neutron is the site's own. */
    CELL,
    /** Keystone is shared with other sites; everything else is the site's own. */
    REGION,
    /** Everything is the site's own. */
    INSTANCE
}
