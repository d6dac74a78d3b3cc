package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionPlanner;
import io.isthmus.core.connection.NarrowLink;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.site.Gateway;
import io.isthmus.core.site.SiteId;
import io.isthmus.southbound.Outcome;
import io.isthmus.store.Stored;
import io.isthmus.store.site.SiteStore;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Finds the link of a path that carries less than the path was computed with: each gateway of the path sends packets that may
 * not be fragmented to the next one. A link whose gateways do not answer each other says nothing.
 */
final class NarrowLinks {
    private final SiteStore sites;
    private final Drivers drivers;

    NarrowLinks(SiteStore sites, Drivers drivers) {
        this.sites = sites;
        this.drivers = drivers;
    }

    Optional<NarrowLink> narrowest(Reservation reserved) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var looks = IntStream.range(0, reserved.links().size())
                    .<Callable<Optional<NarrowLink>>>mapToObj(number -> () -> look(reserved, number))
                    .toList();
            return threads.invokeAll(looks).stream()
                    .map(NarrowLinks::result)
                    .flatMap(Optional::stream)
                    .min(Comparator.comparingInt(NarrowLink::mtu));
        }
    }

    private static Optional<NarrowLink> result(Future<Optional<NarrowLink>> look) {
        try {
            return look.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a look at a link failed", failed.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<NarrowLink> look(Reservation reserved, int number) throws InterruptedException {
        var from = reserved.sites().get(number);
        var to = reserved.sites().get(number + 1);
        var near = gateway(from);
        var far = gateway(to);
        if (near.isEmpty() || far.isEmpty() || drivers.of(near.get()).isEmpty()) {
            return Optional.empty();
        }
        var needed = reserved.mtu() + ConnectionPlanner.overhead(near.get());
        var measured =
                drivers.of(near.get()).get().linkMtu(near.get(), far.get().tunnelAddress(), needed);
        return measured instanceof Outcome.Done<OptionalInt>(var mtu) && mtu.isPresent() && mtu.getAsInt() < needed
                ? Optional.of(new NarrowLink(reserved.links().get(number), from, to, mtu.getAsInt()))
                : Optional.empty();
    }

    private Optional<Gateway> gateway(SiteId id) {
        return sites.find(id).map(Stored::value).flatMap(site -> site.gateway());
    }
}
