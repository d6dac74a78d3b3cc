/** Diagnosis: from what was read of a connection's parts to what is wrong with it. */
@NullMarked
package io.isthmus.core.diagnosis;

import org.jspecify.annotations.NullMarked;
