/** The controller in Keystone's catalogue. */
@NullMarked
package io.isthmus.cli.registration;

import org.jspecify.annotations.NullMarked;
