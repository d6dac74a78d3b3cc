package io.isthmus.server.api;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.endpoint.Endpoint;

/** What the API asks of the engine. Nothing here waits for a site but the plan of an L3 connection, and that not for long. */
public interface EnginePort {
    /**
     * Plans a connection over what is stored, and changes nothing. For an L3 connection both routers are read.
     *
     * @throws Problem if it cannot be; see {@link Problem#ofPlanner}
     */
    Plan plan(Connection connection, Endpoint local, Endpoint remote);

    /**
     * Plans an active connection otherwise over what is stored, with the VNI and the VLANs that it has; changes nothing.
     *
     * @throws Problem if it cannot be; see {@link Problem#ofPlanner}
     */
    Reservation planUpdate(ConnectionFacts facts, Connection wanted);

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

    /** Those who know which VNFs run in the clouds. */
    default VnfPort vnfs() {
        return VnfPort.NONE;
    }

    /** Whether it is ready for work. */
    default boolean isReady() {
        return true;
    }
}
