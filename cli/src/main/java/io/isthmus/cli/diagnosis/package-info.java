/** What is wrong, what it carries, and everything for a bug report. */
@NullMarked
package io.isthmus.cli.diagnosis;

import org.jspecify.annotations.NullMarked;
