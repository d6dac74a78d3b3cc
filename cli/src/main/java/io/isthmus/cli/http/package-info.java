/** The controller's REST API as the command sees it: requests, replies, refusals and the event stream. */
@NullMarked
package io.isthmus.cli.http;

import org.jspecify.annotations.NullMarked;
