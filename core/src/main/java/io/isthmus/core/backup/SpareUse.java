package io.isthmus.core.backup;

import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.SiteId;

/** A spare that has its site already: what stands by at {@code backup} for {@code active}. */
public record SpareUse(SiteId active, SiteId backup, Capacity resources) {}
