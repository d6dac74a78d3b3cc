package io.isthmus.server.api;

import io.isthmus.store.Json;
import io.isthmus.store.Stored;
import io.isthmus.store.operation.Operation;
import io.isthmus.store.operation.OperationStore;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/operations}: changes under way or done. */
final class OperationsApi {
    private static final Set<String> FIELDS = Set.of(
            "id",
            "kind",
            "resource_type",
            "resource_id",
            "project_id",
            "state",
            "steps",
            "request_id",
            "created_at",
            "updated_at",
            "revision",
            "tags");

    private final OperationStore operations;

    OperationsApi(OperationStore operations) {
        this.operations = operations;
    }

    void addTo(Routes routes) {
        routes.get("/v1/operations", this::list);
        routes.get("/v1/operations/{id}", this::show);
    }

    private Reply list(Request request) {
        return Lists.list(
                request,
                new Lists.Source<>(
                        "operations",
                        FIELDS,
                        OperationStore.listFields(),
                        Set.of(),
                        query -> operations.list(Projects.own(query)),
                        page -> page.stream().map(OperationsApi::view).toList()));
    }

    private Reply show(Request request) {
        request.allowQueries();
        var id = request.pathId(ProblemCode.OPERATION_NOT_FOUND);
        var stored = operations
                .find(id)
                .filter(found -> RequestScope.currentCaller().sees(found.value().projectId()))
                .orElseThrow(
                        () -> new Problem.NotFound(ProblemCode.OPERATION_NOT_FOUND, "there is no operation " + id));
        return Reply.ok(view(stored)).at(stored.revision());
    }

    private static ObjectNode view(Stored<Operation> stored) {
        ObjectNode document = Json.MAPPER.valueToTree(stored.value());
        return Reply.withRecord(document, stored);
    }
}
