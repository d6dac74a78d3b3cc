package io.isthmus.server.api;

import io.isthmus.store.Json;
import io.isthmus.store.Stores;

/** {@code /healthcheck}: it lives. {@code /ready}: it can do its work. */
final class HealthApi {
    private final Stores stores;
    private final EnginePort engine;

    HealthApi(Stores stores, EnginePort engine) {
        this.stores = stores;
        this.engine = engine;
    }

    void addTo(Routes routes) {
        routes.open(
                "/healthcheck",
                request -> Reply.ok(Json.MAPPER.createObjectNode().put("status", "alive")));
        routes.open("/ready", request -> ready());
    }

    private Reply ready() {
        if (!stores.database().isReadable()) {
            throw new Problem.Unavailable("the database cannot be read");
        }
        if (!engine.isReady()) {
            throw new Problem.Unavailable("the engine is not ready yet");
        }
        return Reply.ok(Json.MAPPER.createObjectNode().put("status", "ready"));
    }
}
