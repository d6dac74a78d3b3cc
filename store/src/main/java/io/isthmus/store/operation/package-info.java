/** Changes under way or done, step by step. */
@NullMarked
package io.isthmus.store.operation;

import org.jspecify.annotations.NullMarked;
