package io.isthmus.store.operation;

/** How far an operation is. */
public enum OperationState {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** It failed, and everything it had made was taken away again. */
    ROLLED_BACK;

    public boolean isOver() {
        return switch (this) {
            case PENDING, RUNNING -> false;
            case SUCCEEDED, FAILED, ROLLED_BACK -> true;
        };
    }
}
