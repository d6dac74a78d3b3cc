/** Connections: ordering them and following them until they pass traffic. */
@NullMarked
package io.isthmus.cli.connection;

import org.jspecify.annotations.NullMarked;
