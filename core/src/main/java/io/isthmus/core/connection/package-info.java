/** Connections: what is desired, what is reserved, and the status that follows. */
@NullMarked
package io.isthmus.core.connection;

import org.jspecify.annotations.NullMarked;
