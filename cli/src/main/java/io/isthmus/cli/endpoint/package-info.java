/** Endpoints: the networks at sites that connections join. */
@NullMarked
package io.isthmus.cli.endpoint;

import org.jspecify.annotations.NullMarked;
