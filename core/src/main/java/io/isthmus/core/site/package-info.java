/** Sites: one datacenter each, with its cloud and its gateways. */
@NullMarked
package io.isthmus.core.site;

import org.jspecify.annotations.NullMarked;
