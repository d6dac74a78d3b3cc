@NullMarked
package io.isthmus.server.api;

import org.jspecify.annotations.NullMarked;
