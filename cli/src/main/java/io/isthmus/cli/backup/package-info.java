/** Which site backs which up. */
@NullMarked
package io.isthmus.cli.backup;

import org.jspecify.annotations.NullMarked;
