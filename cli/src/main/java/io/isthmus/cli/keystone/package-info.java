/** Who the operator is: OpenStack's variables and files, tokens, and the catalogue. */
@NullMarked
package io.isthmus.cli.keystone;

import org.jspecify.annotations.NullMarked;
