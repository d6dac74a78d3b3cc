/** What a request to Isthmus is known by, in everything that it causes. */
@NullMarked
package io.isthmus.core.request;

import org.jspecify.annotations.NullMarked;
