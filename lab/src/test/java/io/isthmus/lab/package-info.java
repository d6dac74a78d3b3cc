/** End-to-end tests on the real lab (tag {@code lab}), and the rules that keep the project's shape. */
@NullMarked
package io.isthmus.lab;

import org.jspecify.annotations.NullMarked;
