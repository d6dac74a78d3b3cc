/** The worked example on one machine, driven from Java: end-to-end tests and benchmarks. */
@NullMarked
package io.isthmus.lab;

import org.jspecify.annotations.NullMarked;
