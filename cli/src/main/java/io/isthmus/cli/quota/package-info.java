/** {@code isthmus quota …}. */
@NullMarked
package io.isthmus.cli.quota;

import org.jspecify.annotations.NullMarked;
