/** First replies to requests that carry an idempotency key. */
@NullMarked
package io.isthmus.store.idempotency;

import org.jspecify.annotations.NullMarked;
