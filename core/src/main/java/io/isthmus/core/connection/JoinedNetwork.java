package io.isthmus.core.connection;

/** A network that was there before, as its Neutron describes it: its VLAN on the physical network and its MTU. */
public record JoinedNetwork(int vlan, int mtu) {}
