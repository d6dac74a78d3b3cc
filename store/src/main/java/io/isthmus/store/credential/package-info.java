/** What opens clouds and gateways, sealed. */
@NullMarked
package io.isthmus.store.credential;

import org.jspecify.annotations.NullMarked;
