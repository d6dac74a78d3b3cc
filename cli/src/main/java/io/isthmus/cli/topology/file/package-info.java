/** Files that describe sites and links: YAML, GML and GraphML in and out. */
@NullMarked
package io.isthmus.cli.topology.file;

import org.jspecify.annotations.NullMarked;
