/** The node: {@link io.isthmus.server.Node} joins its parts, {@link io.isthmus.server.ServerCommand} starts it. */
@NullMarked
package io.isthmus.server;

import org.jspecify.annotations.NullMarked;
