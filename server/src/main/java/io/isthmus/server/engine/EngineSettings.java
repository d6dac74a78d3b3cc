package io.isthmus.server.engine;

import io.isthmus.core.l3.AddressPools;
import java.time.Duration;

/**
 * How long the engine waits and how much it does at once.
 *
 * @param provisioningLimit how long a connection may take from its request until probes pass
 * @param patrolInterval how often an active connection is read back and probed
 * @param retryFirst the wait after a first failure
 * @param retryMost the longest wait between two tries
 * @param lateArrivalLimit how long a request that nobody answered may still take effect once its receiver answers again
 * @param connectionsAtOnce how many connections are decided about at once
 * @param sidesAtOnce how many sides are worked on at once
 * @param atOncePerSite how many sides of one site, or connections between two sites, are worked on at once, so that a
 *     site that hangs holds up only itself
 * @param addressPools where the addresses of L3 connections come from
 */
public record EngineSettings(
        Duration provisioningLimit,
        Duration patrolInterval,
        Duration retryFirst,
        Duration retryMost,
        Duration lateArrivalLimit,
        int connectionsAtOnce,
        int sidesAtOnce,
        int atOncePerSite,
        AddressPools addressPools) {
    /** Not more than twenty connections of one site are read back in a second. */
    static final Duration LOOKS_AT_ONE_SITE_APART = Duration.ofMillis(50);

    public static final EngineSettings DEFAULT = new EngineSettings(
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofMillis(250),
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            1024,
            512,
            16,
            AddressPools.DEFAULT);

    /** With the usual address pools. */
    public EngineSettings(
            Duration provisioningLimit,
            Duration patrolInterval,
            Duration retryFirst,
            Duration retryMost,
            Duration lateArrivalLimit,
            int connectionsAtOnce,
            int sidesAtOnce,
            int atOncePerSite) {
        this(
                provisioningLimit,
                patrolInterval,
                retryFirst,
                retryMost,
                lateArrivalLimit,
                connectionsAtOnce,
                sidesAtOnce,
                atOncePerSite,
                AddressPools.DEFAULT);
    }

    public EngineSettings withAddressPools(AddressPools pools) {
        return new EngineSettings(
                provisioningLimit,
                patrolInterval,
                retryFirst,
                retryMost,
                lateArrivalLimit,
                connectionsAtOnce,
                sidesAtOnce,
                atOncePerSite,
                pools);
    }

    public EngineSettings withProvisioningLimit(Duration limit) {
        return new EngineSettings(
                limit,
                patrolInterval,
                retryFirst,
                retryMost,
                lateArrivalLimit,
                connectionsAtOnce,
                sidesAtOnce,
                atOncePerSite,
                addressPools);
    }

    public EngineSettings withPatrolInterval(Duration interval) {
        return new EngineSettings(
                provisioningLimit,
                interval,
                retryFirst,
                retryMost,
                lateArrivalLimit,
                connectionsAtOnce,
                sidesAtOnce,
                atOncePerSite,
                addressPools);
    }

    /** Work on a connection reaches two sites; a site has places for several such pairs. */
    Places placesForConnections() {
        return new Places(connectionsAtOnce, 4 * atOncePerSite, atOncePerSite);
    }

    Places placesForSides() {
        return new Places(sidesAtOnce, atOncePerSite, atOncePerSite);
    }
}
