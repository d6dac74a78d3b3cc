/** Endpoints: one end of a connection, a site and the network there that is to be joined. */
@NullMarked
package io.isthmus.core.endpoint;

import org.jspecify.annotations.NullMarked;
