/** Stored sites. */
@NullMarked
package io.isthmus.store.site;

import org.jspecify.annotations.NullMarked;
