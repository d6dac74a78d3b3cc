/** L3 connections: existing routers joined by a transit network, with routes and, where addresses collide, translation. */
@NullMarked
package io.isthmus.core.l3;

import org.jspecify.annotations.NullMarked;
