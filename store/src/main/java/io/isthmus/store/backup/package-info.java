/** The backups that owners have chosen. */
@NullMarked
package io.isthmus.store.backup;

import org.jspecify.annotations.NullMarked;
