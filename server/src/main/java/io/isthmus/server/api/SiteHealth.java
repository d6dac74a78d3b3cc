package io.isthmus.server.api;

import io.isthmus.core.site.SiteId;
import java.time.Instant;
import java.util.List;

/** What is known of sites by observation. */
@FunctionalInterface
public interface SiteHealth {
    /** Nothing was observed yet. */
    SiteHealth UNKNOWN = site -> new Report(Status.UNKNOWN, List.of());

    Report of(SiteId site);

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
