/** Tests of the credentials file. */
@NullMarked
package io.isthmus.server.credential;

import org.jspecify.annotations.NullMarked;
