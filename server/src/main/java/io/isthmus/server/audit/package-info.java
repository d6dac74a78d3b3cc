/** Writes down who did what. */
@NullMarked
package io.isthmus.server.audit;

import org.jspecify.annotations.NullMarked;
