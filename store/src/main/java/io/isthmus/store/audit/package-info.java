/** Who did what. */
@NullMarked
package io.isthmus.store.audit;

import org.jspecify.annotations.NullMarked;
