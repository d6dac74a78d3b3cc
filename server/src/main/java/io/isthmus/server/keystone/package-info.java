/** Callers known by the tokens of a Keystone. */
@NullMarked
package io.isthmus.server.keystone;

import org.jspecify.annotations.NullMarked;
