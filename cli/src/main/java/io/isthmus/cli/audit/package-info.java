/** {@code isthmus audit …}. */
@NullMarked
package io.isthmus.cli.audit;

import org.jspecify.annotations.NullMarked;
