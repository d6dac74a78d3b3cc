package io.isthmus.store.operation;

import io.isthmus.core.request.RequestId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A change of a resource, under way or done.
 *
 * @param requestId the request that caused it
 */
public record Operation(
        UUID id,
        OperationKind kind,
        String resourceType,
        String resourceId,
        String projectId,
        OperationState state,
        List<OperationStep> steps,
        Optional<String> requestId) {
    public Operation {
        steps = List.copyOf(steps);
    }

    /** One that begins, caused by the request that is served just now, if there is one. */
    public static Operation pending(
            UUID id, OperationKind kind, String resourceType, String resourceId, String projectId) {
        return new Operation(
                id, kind, resourceType, resourceId, projectId, OperationState.PENDING, List.of(), RequestId.find());
    }

    Operation with(OperationState changed) {
        return new Operation(id, kind, resourceType, resourceId, projectId, changed, steps, requestId);
    }

    Operation with(List<OperationStep> changed) {
        return new Operation(id, kind, resourceType, resourceId, projectId, state, changed, requestId);
    }
}
