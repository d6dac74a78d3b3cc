/** Operations: every change under way or done. */
@NullMarked
package io.isthmus.cli.operation;

import org.jspecify.annotations.NullMarked;
