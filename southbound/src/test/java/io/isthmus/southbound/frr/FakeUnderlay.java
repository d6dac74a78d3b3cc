package io.isthmus.southbound.frr;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What lies between fake gateways: each reaches all others that are in it. */
public final class FakeUnderlay {
    private final List<FakeGateway> gateways = new CopyOnWriteArrayList<>();

    void add(FakeGateway gateway) {
        gateways.add(gateway);
    }

    void remove(FakeGateway gateway) {
        gateways.remove(gateway);
    }

    List<FakeGateway> others(FakeGateway than) {
        return gateways.stream().filter(gateway -> gateway != than).toList();
    }
}
