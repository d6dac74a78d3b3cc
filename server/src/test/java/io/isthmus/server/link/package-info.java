@NullMarked
package io.isthmus.server.link;

import org.jspecify.annotations.NullMarked;
