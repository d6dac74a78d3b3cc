package io.isthmus.server.metrics;

import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.Gateway;
import io.isthmus.store.ListQuery;
import io.isthmus.store.site.SiteStore;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Knows to which site a {@link Cloud} or {@link Gateway} belongs, without asking the store each time. */
public final class SiteNames implements Function<Object, Optional<String>> {
    /** What is not known, because its site has changed or is gone, does not make the store be read more often than this. */
    private static final long BETWEEN_READINGS_NANOS = 1_000_000_000L;

    private static final int MOST = 10_000;

    private final SiteStore sites;
    private final ConcurrentHashMap<Object, String> names = new ConcurrentHashMap<>();
    private final AtomicLong readAt = new AtomicLong(System.nanoTime() - BETWEEN_READINGS_NANOS);

    public SiteNames(SiteStore sites) {
        this.sites = sites;
    }

    @Override
    public Optional<String> apply(Object place) {
        var known = names.get(place);
        if (known == null) {
            read();
            known = names.get(place);
        }
        return Optional.ofNullable(known);
    }

    private void read() {
        var last = readAt.get();
        var now = System.nanoTime();
        if (now - last < BETWEEN_READINGS_NANOS || !readAt.compareAndSet(last, now)) {
            return;
        }
        if (names.size() > MOST) {
            names.clear();
        }
        for (var stored : sites.list(ListQuery.ALL)) {
            var site = stored.value();
            names.put(site.cloud(), site.id().name());
            site.gateways().forEach(gateway -> names.put(gateway, site.id().name()));
        }
    }
}
