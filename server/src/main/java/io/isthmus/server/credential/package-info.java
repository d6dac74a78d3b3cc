/** The credentials that this node holds. */
@NullMarked
package io.isthmus.server.credential;

import org.jspecify.annotations.NullMarked;
