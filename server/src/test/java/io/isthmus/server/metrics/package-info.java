/** Tests of the metrics. */
@NullMarked
package io.isthmus.server.metrics;

import org.jspecify.annotations.NullMarked;
