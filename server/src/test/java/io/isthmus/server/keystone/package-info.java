@NullMarked
package io.isthmus.server.keystone;

import org.jspecify.annotations.NullMarked;
