package io.isthmus.southbound.frr;

import io.isthmus.core.site.Gateway;

/** A gateway and how to reach it; its text form is for messages: {@code gateway gw-b at 192.0.2.7:22}. */
record Target(String gateway, FrrManagement management) {
    static Target of(Gateway gateway) {
        return new Target(gateway.name(), FrrManagement.parse(gateway.management()));
    }

    @Override
    public String toString() {
        return "gateway " + gateway + " at " + management.address();
    }
}
