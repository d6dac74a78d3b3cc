package io.isthmus.server.api;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.store.Json;
import io.isthmus.store.Stored;
import io.isthmus.store.Stores;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The connection that a request names, and how one is shown. */
final class ConnectionLookup {
    private final Stores stores;

    ConnectionLookup(Stores stores) {
        this.stores = stores;
    }

    /** What is asked for is stored, and the engine is at work on it. */
    Reply accepted(Stored<ConnectionFacts> stored) {
        return Reply.accepted(view(stored))
                .at(stored.revision())
                .with("Location", "/v1/connections/" + stored.value().id());
    }

    Stored<ConnectionFacts> find(Request request) {
        var id = new ConnectionId(request.pathId(ProblemCode.CONNECTION_NOT_FOUND));
        return stores.connections()
                .findStored(id)
                .filter(stored -> RequestScope.currentCaller()
                        .sees(stored.value().desired().projectId()))
                .orElseThrow(() -> gone(id));
    }

    static Problem gone(ConnectionId id) {
        return new Problem.NotFound(ProblemCode.CONNECTION_NOT_FOUND, "there is no connection " + id);
    }

    ObjectNode view(Stored<ConnectionFacts> stored) {
        return views(List.of(stored)).getFirst();
    }

    List<ObjectNode> views(List<Stored<ConnectionFacts>> page) {
        var operations = stores.operations()
                .newestOf(page.stream()
                        .map(stored -> stored.value().id().toString())
                        .toList());
        return page.stream()
                .map(stored -> ConnectionView.of(
                        stored,
                        Optional.ofNullable(operations.get(stored.value().id().toString()))))
                .toList();
    }

    static Problem wrongState(ConnectionFacts facts, String why) {
        return new Problem.Conflict(
                ProblemCode.WRONG_STATE, "", "the connection is %s: %s".formatted(word(facts), why), List.of());
    }

    private static String word(ConnectionFacts facts) {
        return "%s, %s".formatted(Json.word(facts.status()), Json.word(facts.syncStatus()));
    }
}
