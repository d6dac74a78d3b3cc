/** Quotas of projects, and how much of them is used. */
@NullMarked
package io.isthmus.store.quota;

import org.jspecify.annotations.NullMarked;
