/** The map: sites, links and connections as a picture of characters. */
@NullMarked
package io.isthmus.cli.topology;

import org.jspecify.annotations.NullMarked;
