package io.isthmus.core.connection;

/** Where a connection stands; derived from its goal, its reservation, its sides and its probes. */
public enum ConnectionStatus {
    REQUESTED,
    RESERVING,
    PROVISIONING,
    ACTIVE,
    UPDATING,
    SUSPENDED,
    ROLLING_BACK,
    /** The end of a creation that failed: nothing is left anywhere. */
    ROLLED_BACK,
    DELETING,
    /** Needs a person; the last error says why. */
    ERROR
}
