package io.isthmus.core.connection;

import io.isthmus.core.site.SiteId;
import java.util.UUID;

/**
 * A link of a path that carries less than was computed with.
 *
 * @param mtu the largest packet that passed it whole, in bytes
 */
public record NarrowLink(UUID link, SiteId from, SiteId to, int mtu) {}
