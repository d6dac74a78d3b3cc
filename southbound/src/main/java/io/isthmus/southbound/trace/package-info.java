/** Spans of work and of outward calls (OpenTelemetry). */
@NullMarked
package io.isthmus.southbound.trace;

import org.jspecify.annotations.NullMarked;
