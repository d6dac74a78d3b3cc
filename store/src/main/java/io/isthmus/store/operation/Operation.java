package io.isthmus.store.operation;

import java.util.List;
import java.util.UUID;

/** A change of a resource, under way or done. */
public record Operation(
        UUID id,
        OperationKind kind,
        String resourceType,
        String resourceId,
        String projectId,
        OperationState state,
        List<OperationStep> steps) {
    public Operation {
        steps = List.copyOf(steps);
    }

    public static Operation pending(
            UUID id, OperationKind kind, String resourceType, String resourceId, String projectId) {
        return new Operation(id, kind, resourceType, resourceId, projectId, OperationState.PENDING, List.of());
    }

    Operation with(OperationState changed) {
        return new Operation(id, kind, resourceType, resourceId, projectId, changed, steps);
    }

    Operation with(List<OperationStep> changed) {
        return new Operation(id, kind, resourceType, resourceId, projectId, state, changed);
    }
}
