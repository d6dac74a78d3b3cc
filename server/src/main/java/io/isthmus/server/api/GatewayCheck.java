package io.isthmus.server.api;

import io.isthmus.core.site.Gateway;

/** Checks what only a gateway's driver knows: its name and the keys of its management. */
@FunctionalInterface
public interface GatewayCheck {
    GatewayCheck NONE = gateway -> {};

    /** @throws IllegalArgumentException if the driver could not use the gateway; the message may be shown */
    void check(Gateway gateway);
}
