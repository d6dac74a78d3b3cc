/** What is known of sites by looking at them. */
@NullMarked
package io.isthmus.server.site;

import org.jspecify.annotations.NullMarked;
