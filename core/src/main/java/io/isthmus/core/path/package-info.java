/** Paths: the links and transit sites that a connection runs over. */
@NullMarked
package io.isthmus.core.path;

import org.jspecify.annotations.NullMarked;
