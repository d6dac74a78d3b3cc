package io.isthmus.store.operation;

/** What an operation does to its resource. */
public enum OperationKind {
    CREATE,
    UPDATE,
    DELETE
}
