@NullMarked
package io.isthmus.store;

import org.jspecify.annotations.NullMarked;
