/** The only SQL: what is desired, what is reserved, what was observed. */
@NullMarked
package io.isthmus.store;

import org.jspecify.annotations.NullMarked;
