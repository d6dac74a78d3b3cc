/** Stored connections: what is wanted, reserved and seen of each. */
@NullMarked
package io.isthmus.store.connection;

import org.jspecify.annotations.NullMarked;
