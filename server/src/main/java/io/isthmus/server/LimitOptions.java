package io.isthmus.server;

import io.isthmus.core.quota.Amounts;
import io.isthmus.core.quota.Quota;
import io.isthmus.server.api.ApiLimits;
import picocli.CommandLine.Option;

/** The options of {@code isthmus server} that say how much callers may ask for. */
final class LimitOptions {
    @Option(
            names = "--request-rate",
            paramLabel = "NUMBER",
            description =
                    "Requests a second that one caller may send in the long run: 100 unless told, 0 for any number.")
    private int requestRate = ApiLimits.DEFAULT.requestsPerSecond();

    @Option(
            names = "--request-burst",
            paramLabel = "NUMBER",
            description = "Requests that one caller may send at once after a rest: 1000 unless told.")
    private int requestBurst = ApiLimits.DEFAULT.burst();

    @Option(
            names = "--caller-waits",
            paramLabel = "NUMBER",
            description = "Requests of one caller that may wait (?wait=) at a time: 500 unless told.")
    private int callerWaits = ApiLimits.DEFAULT.waitsPerCaller();

    @Option(
            names = "--caller-streams",
            paramLabel = "NUMBER",
            description = "Event streams that one caller may have open: 50 unless told.")
    private int callerStreams = ApiLimits.DEFAULT.streamsPerCaller();

    @Option(
            names = "--quota-connections",
            paramLabel = "NUMBER",
            description =
                    "Connections of a project for which /v1/quotas says nothing else: 1000 unless told, -1 for any number.")
    private long connections = Quota.DEFAULT.connections();

    @Option(
            names = "--quota-endpoints",
            paramLabel = "NUMBER",
            description = "Endpoints of such a project: 2000 unless told, -1 for any number.")
    private long endpoints = Quota.DEFAULT.endpoints();

    @Option(
            names = "--quota-bandwidth-mbps",
            paramLabel = "MBPS",
            description = "The sum of the bandwidths of its connections: -1, which is any, unless told.")
    private long bandwidthMbps = Quota.DEFAULT.bandwidthMbps();

    /**
     * The limits that were asked for.
     *
     * @throws IllegalArgumentException if one is no limit
     */
    CallerLimits limits() {
        var quota = new Amounts(connections, endpoints, bandwidthMbps);
        Quota.check(quota);
        var rest = ApiLimits.DEFAULT.recheck();
        return new CallerLimits(new ApiLimits(requestRate, requestBurst, callerStreams, callerWaits, rest), quota);
    }
}
