@NullMarked
package io.isthmus.server.backup;

import org.jspecify.annotations.NullMarked;
