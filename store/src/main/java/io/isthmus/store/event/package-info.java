/** The stream of what changed. */
@NullMarked
package io.isthmus.store.event;

import org.jspecify.annotations.NullMarked;
