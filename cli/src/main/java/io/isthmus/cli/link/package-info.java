/** Links: the underlay between sites. */
@NullMarked
package io.isthmus.cli.link;

import org.jspecify.annotations.NullMarked;
