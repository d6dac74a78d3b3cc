package io.isthmus.server.api;

import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is known of sites by observation. */
@FunctionalInterface
public interface SiteHealth {
    /** Nothing was observed yet. */
    SiteHealth UNKNOWN = site -> new Report(Status.UNKNOWN, List.of());

    Report of(SiteId site);

    /** What its cloud was seen to have free; empty where it does not tell. */
    default Optional<Capacity> free(SiteId site) {
        return Optional.empty();
    }

    /** How a site is. */
    enum Status {
        UNKNOWN,
        ONLINE,
        DEGRADED,
        UNREACHABLE
    }

    record Report(Status status, List<Condition> conditions) {
        public Report {
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * One thing that is the matter.
     *
     * @param part what it concerns: {@code cloud} or a gateway's name
     */
    record Condition(String part, String code, String detail, Instant since) {}
}
