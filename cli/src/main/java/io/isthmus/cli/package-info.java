/** The isthmus command: what an operator types, sent to a controller over REST. */
@NullMarked
package io.isthmus.cli;

import org.jspecify.annotations.NullMarked;
