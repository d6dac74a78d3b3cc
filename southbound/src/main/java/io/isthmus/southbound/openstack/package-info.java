/** The driver of OpenStack clouds: one provider network with one subnet for each side of a connection. */
@NullMarked
package io.isthmus.southbound.openstack;

import org.jspecify.annotations.NullMarked;
