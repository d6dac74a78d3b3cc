/** Examinations: reading both sides of a connection for a diagnosis, and measuring what it carries. */
@NullMarked
package io.isthmus.server.diagnosis;

import org.jspecify.annotations.NullMarked;
