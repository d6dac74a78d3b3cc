package io.isthmus.server.api;

import java.util.UUID;
import java.util.function.Supplier;

/**
 * What belongs to the request that this thread serves.
 *
 * @param ids new ids; the same ones in the same order where a request with an idempotency key is done again
 */
record RequestScope(String requestId, Caller caller, Supplier<UUID> ids) {
    static final ScopedValue<RequestScope> CURRENT = ScopedValue.newInstance();

    static RequestScope current() {
        return CURRENT.get();
    }

    static Caller currentCaller() {
        return CURRENT.get().caller();
    }

    static UUID newId() {
        return CURRENT.get().ids().get();
    }
}
