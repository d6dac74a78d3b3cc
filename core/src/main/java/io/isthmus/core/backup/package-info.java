/** Choosing the site that backs another one up: for one VNF, and for many at once. */
@NullMarked
package io.isthmus.core.backup;

import org.jspecify.annotations.NullMarked;
