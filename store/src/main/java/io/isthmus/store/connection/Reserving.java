package io.isthmus.store.connection;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.store.Stored;
import java.util.UUID;

/** What became of an attempt to reserve. Only {@link Reserved} changed anything. */
public sealed interface Reserving {
    record Reserved(Stored<ConnectionFacts> stored) implements Reserving {}

    /**
     * Another connection has it: {@code vlan} {@code value} of {@code SITE/PHYSICAL_NETWORK}, {@code vni} {@code value},
     * {@code transit} or {@code nat} {@code value}, or a {@code prefix} on the router {@code SITE/ROUTER}.
     */
    record Taken(String kind, String scope, int value) implements Reserving {}

    /** The link is gone or has only {@code freeMbps} left. */
    record NoCapacity(UUID link, int freeMbps) implements Reserving {}
}
