package io.isthmus.store.operation;

/** How far a step of an operation is. */
public enum StepState {
    RUNNING,
    SUCCEEDED,
    FAILED
}
