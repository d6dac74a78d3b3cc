/** Stored links. */
@NullMarked
package io.isthmus.store.link;

import org.jspecify.annotations.NullMarked;
