/** Tests of the engine with a world in memory. */
@NullMarked
package io.isthmus.server.engine;

import org.jspecify.annotations.NullMarked;
