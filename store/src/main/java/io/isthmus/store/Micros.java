package io.isthmus.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How the database writes times: microseconds since 1970-01-01 UTC. */
public final class Micros {
    private Micros() {}

    public static long of(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    public static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** The time as it will be read back. */
    public static Instant round(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
