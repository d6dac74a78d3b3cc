/** Sends spans to a collector. */
@NullMarked
package io.isthmus.server.tracing;

import org.jspecify.annotations.NullMarked;
