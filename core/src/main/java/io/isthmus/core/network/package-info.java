/** Addresses and prefixes. */
@NullMarked
package io.isthmus.core.network;

import org.jspecify.annotations.NullMarked;
