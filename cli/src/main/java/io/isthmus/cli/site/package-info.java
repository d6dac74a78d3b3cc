/** Sites: registering and changing them, and naming them in other commands. */
@NullMarked
package io.isthmus.cli.site;

import org.jspecify.annotations.NullMarked;
