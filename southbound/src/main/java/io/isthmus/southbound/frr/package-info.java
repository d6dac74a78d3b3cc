/**
 * Gateways that are Linux machines with FRR and access to the site's Open vSwitch, reached by SSH.
 *
 * <p>One call is one script in one exec channel: {@code gateway shell → script → observed parts → difference → steps}.
 */
@NullMarked
package io.isthmus.southbound.frr;

import org.jspecify.annotations.NullMarked;
