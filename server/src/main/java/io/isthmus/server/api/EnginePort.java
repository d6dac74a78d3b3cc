package io.isthmus.server.api;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.site.SiteId;
import java.util.List;
import java.util.Map;

/** What the API asks of the engine. Where it waits for sites, it does not wait for long. */
public interface EnginePort {
    /**
     * Plans a connection over what is stored, and changes nothing. For an L3 connection both routers are read.
     *
     * @throws Problem if it cannot be; see {@link Problem#ofPlanner}
     */
    Plan plan(Connection connection, Endpoint local, Endpoint remote);

    /**
     * The same with both sides read, as far as they answer soon: what would be reserved and done is what then happens, unless
     * something changes in between.
     */
    Plan dryRun(Connection connection, Endpoint local, Endpoint remote) throws InterruptedException;

    /** What would be done at both sides, read now, so that a connection becomes as wanted. */
    List<Plan.Change> changes(ConnectionFacts facts, Connection wanted, Reservation reservation)
            throws InterruptedException;

    /** What would be removed at both sides, read now. */
    List<Plan.Change> removals(ConnectionFacts facts) throws InterruptedException;

    /**
     * Plans an active connection otherwise over what is stored, with the VNI and the VLANs that it has; changes nothing.
     *
     * @throws Problem if it cannot be; see {@link Problem#ofPlanner}
     */
    Reservation planUpdate(ConnectionFacts facts, Connection wanted);

    /** Who uses what was made for a connection, by site, as far as its sites say so soon; changes nothing. */
    Map<SiteId, List<String>> usersOf(ConnectionFacts facts) throws InterruptedException;

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
