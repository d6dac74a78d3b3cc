/** Links: existing underlay adjacencies between two sites. */
@NullMarked
package io.isthmus.core.link;

import org.jspecify.annotations.NullMarked;
