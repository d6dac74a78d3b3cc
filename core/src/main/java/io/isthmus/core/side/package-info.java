/** Sides: what one site must have for a connection, part by part. */
@NullMarked
package io.isthmus.core.side;

import org.jspecify.annotations.NullMarked;
