/** Stored endpoints. */
@NullMarked
package io.isthmus.store.endpoint;

import org.jspecify.annotations.NullMarked;
