/** Quotas: how much a project may have. */
@NullMarked
package io.isthmus.core.quota;

import org.jspecify.annotations.NullMarked;
