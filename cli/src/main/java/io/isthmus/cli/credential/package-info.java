/** {@code isthmus credential …}. */
@NullMarked
package io.isthmus.cli.credential;

import org.jspecify.annotations.NullMarked;
