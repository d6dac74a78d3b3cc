/** Measures the links of the underlay. */
@NullMarked
package io.isthmus.server.link;

import org.jspecify.annotations.NullMarked;
