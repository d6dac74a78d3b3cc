/** {@code isthmus webhook …}. */
@NullMarked
package io.isthmus.cli.webhook;

import org.jspecify.annotations.NullMarked;
