/** The REST API: what clients may ask, checked at the edge, stored first, then handed to the engine. */
@NullMarked
package io.isthmus.server.api;

import org.jspecify.annotations.NullMarked;
