/** What the command prints: tables, details, JSON, YAML, CSV and plain values. */
@NullMarked
package io.isthmus.cli.output;

import org.jspecify.annotations.NullMarked;
