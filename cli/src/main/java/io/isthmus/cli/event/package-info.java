/** Events: what happens in the controller, as it happens. */
@NullMarked
package io.isthmus.cli.event;

import org.jspecify.annotations.NullMarked;
