/** What a node counts and measures, for Prometheus. */
@NullMarked
package io.isthmus.server.metrics;

import org.jspecify.annotations.NullMarked;
