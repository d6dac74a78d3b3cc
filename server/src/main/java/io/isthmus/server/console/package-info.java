/** The web console: static files, served with headers that let nothing else in. */
@NullMarked
package io.isthmus.server.console;

import org.jspecify.annotations.NullMarked;
