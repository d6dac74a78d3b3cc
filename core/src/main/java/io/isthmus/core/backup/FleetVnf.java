package io.isthmus.core.backup;

import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.SiteId;

/** A VNF that is to have a backup, and what its spare needs. */
public record FleetVnf(String name, SiteId active, Capacity resources) {}
