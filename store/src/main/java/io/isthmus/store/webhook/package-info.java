/** Where events are sent, and what could not be delivered. */
@NullMarked
package io.isthmus.store.webhook;

import org.jspecify.annotations.NullMarked;
