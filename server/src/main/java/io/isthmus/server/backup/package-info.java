/** What backups are chosen from: the inventory, the health of sites and the backups that are chosen already. */
@NullMarked
package io.isthmus.server.backup;

import org.jspecify.annotations.NullMarked;
