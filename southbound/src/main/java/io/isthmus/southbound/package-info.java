/** What the engine asks of every technology: read a side, change it, read it back. */
@NullMarked
package io.isthmus.southbound;

import org.jspecify.annotations.NullMarked;
