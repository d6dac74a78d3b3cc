/** What all commands share: their options, the session with a controller, and the verbs that every resource has. */
@NullMarked
package io.isthmus.cli.command;

import org.jspecify.annotations.NullMarked;
