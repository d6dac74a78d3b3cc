/** Tests of the webhooks. */
@NullMarked
package io.isthmus.server.webhook;

import org.jspecify.annotations.NullMarked;
