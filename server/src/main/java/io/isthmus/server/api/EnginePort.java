package io.isthmus.server.api;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.endpoint.Endpoint;

/** What the API asks of the engine. Nothing here waits for a site. */
public interface EnginePort {
    /**
     * Plans a connection over what is stored, and changes nothing.
     *
     * @throws Problem if it cannot be; see {@link Problem#ofPlanner}
     */
    Plan plan(Connection connection, Endpoint local, Endpoint remote);

    /** Something stored about this connection wants to be acted on. */
    void wake(ConnectionId id);

    /** Both sides shall be read back and repaired now; what was left to a person is taken up again. */
    void reconcile(ConnectionId id);

    /** Probes shall be sent now, in both directions; the report will be stored. */
    void verify(ConnectionId id);

    /** Those who examine connections and sites. */
    default DiagnosisPort diagnosis() {
        return DiagnosisPort.NONE;
    }

    /** Whether it is ready for work. */
    default boolean isReady() {
        return true;
    }
}
