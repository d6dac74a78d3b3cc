/** Sends events to those who want them. */
@NullMarked
package io.isthmus.server.webhook;

import org.jspecify.annotations.NullMarked;
