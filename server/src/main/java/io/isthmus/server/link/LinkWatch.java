package io.isthmus.server.link;

import io.isthmus.core.link.LatencyPolicy;
import io.isthmus.core.link.LatencyPolicy.Round;
import io.isthmus.core.link.Link;
import io.isthmus.core.link.LinkSight;
import io.isthmus.core.site.Gateway;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.server.engine.Drivers;
import io.isthmus.southbound.GatewayDriver.Rtt;
import io.isthmus.southbound.Outcome;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stored;
import io.isthmus.store.link.LinkStore;
import io.isthmus.store.link.SightStore;
import io.isthmus.store.link.SightStore.Seen;
import io.isthmus.store.site.SiteStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the gateways probe the underlay's links now and then: the gateway of a link's {@code a_site} that of its {@code z_site},
 * all links of a gateway in one go. What it measures is kept beside what is declared; what is worth telling becomes an event.
 *
 * <p>Two links between the same sites cannot be told apart from their ends, and are not measured.
 */
public final class LinkWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkWatch.class);
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(5);
    /** With many sites rounds are rarer: so many gateways are asked in a second at the most. */
    private static final int MOST_PER_SECOND = 50;

    private static final int MOST_AT_ONCE = 16;
    /** What did not change is stored so often, that it be known to be fresh. */
    private static final Duration STORED_EVERY = Duration.ofSeconds(30);

    private final SiteStore sites;
    private final LinkStore links;
    private final SightStore sights;
    private final Drivers drivers;
    private final LatencyPolicy policy;
    private final InstantSource clock;

    /** A gateway that hangs is asked once at a time, and keeps no other waiting. */
    private final Set<SiteId> underWay = ConcurrentHashMap.newKeySet();

    private final Map<UUID, Watched> watched = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("link-watch").factory());

    /** What is known of a link: the last rounds, what they say, and what of that is stored. */
    private record Watched(List<Round> recent, Optional<LinkSight> sight, Optional<LinkSight> stored) {}

    /** A link, to be probed from {@code near}. */
    private record Probe(Link link, Gateway near, Gateway far) {}

    public LinkWatch(
            SiteStore sites,
            LinkStore links,
            SightStore sights,
            Drivers drivers,
            LatencyPolicy policy,
            InstantSource clock) {
        this.sites = sites;
        this.links = links;
        this.sights = sights;
        this.drivers = drivers;
        this.policy = policy;
        this.clock = clock;
    }

    public void start() {
        schedule(BETWEEN_ROUNDS);
    }

    private void schedule(Duration wait) {
        if (!timer.isShutdown()) {
            var _ = timer.schedule(this::roundUnattended, wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void roundUnattended() {
        int gateways = 0;
        try {
            var round = probes();
            gateways = round.size();
            round.forEach((site, probes) -> {
                if (underWay.add(site)) {
                    threads.execute(() -> lookUnattended(site, probes));
                }
            });
        } catch (RuntimeException fault) {
            // The edge of a unit of work; the next round starts from nothing.
            LOG.error("probing the links failed unexpectedly", fault);
        } finally {
            var slow = Duration.ofMillis(gateways * 1000L / MOST_PER_SECOND);
            schedule(slow.compareTo(BETWEEN_ROUNDS) > 0 ? slow : BETWEEN_ROUNDS);
        }
    }

    private void lookUnattended(SiteId site, List<Probe> probes) {
        try {
            places.acquire();
            try {
                look(probes);
            } finally {
                places.release();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            // The edge of a unit of work; the next round starts from nothing.
            LOG.error("probing the links of {} failed unexpectedly", site, fault);
        } finally {
            underWay.remove(site);
        }
    }

    /** Probes every link once. */
    void round() throws InterruptedException {
        for (var probes : probes().values()) {
            look(probes);
        }
    }

    /** What is to be probed, by the site that does it. */
    private Map<SiteId, List<Probe>> probes() {
        var all = links.list(ListQuery.ALL).stream().map(Stored::value).toList();
        var bySite = sites.list(ListQuery.ALL).stream()
                .map(Stored::value)
                .collect(Collectors.toMap(Site::id, Function.identity()));
        var between = all.stream().collect(Collectors.groupingBy(LinkWatch::ends, Collectors.counting()));
        var probes = new HashMap<SiteId, List<Probe>>();
        for (var link : all) {
            if (link.adminStateUp() && between.getOrDefault(ends(link), 0L) == 1) {
                probe(link, bySite)
                        .ifPresent(probe -> probes.computeIfAbsent(link.aSite(), _ -> new ArrayList<>())
                                .add(probe));
            }
        }
        watched.keySet().retainAll(all.stream().map(Link::id).collect(Collectors.toSet()));
        return probes;
    }

    private static Set<SiteId> ends(Link link) {
        return Set.of(link.aSite(), link.zSite());
    }

    private Optional<Probe> probe(Link link, Map<SiteId, Site> bySite) {
        var near = Optional.ofNullable(bySite.get(link.aSite())).flatMap(Site::gateway);
        var far = Optional.ofNullable(bySite.get(link.zSite())).flatMap(Site::gateway);
        return near.isPresent() && far.isPresent() && drivers.of(near.get()).isPresent()
                ? Optional.of(new Probe(link, near.get(), far.get()))
                : Optional.empty();
    }

    private void look(List<Probe> probes) throws InterruptedException {
        var near = probes.getFirst().near();
        var neighbours =
                probes.stream().map(probe -> probe.far().tunnelAddress()).toList();
        var outcome = drivers.of(near).orElseThrow().linkRtts(near, neighbours);
        if (outcome instanceof Outcome.Done<List<Rtt>>(var rtts)) {
            var rounds = rtts.stream().collect(Collectors.toMap(Rtt::neighbour, LinkWatch::round));
            var now = clock.instant();
            var seen = new ArrayList<Seen>();
            for (var probe : probes) {
                // A neighbour that the driver did not ask says nothing.
                Optional.ofNullable(rounds.get(probe.far().tunnelAddress()))
                        .flatMap(round -> decide(probe.link(), round, now))
                        .ifPresent(seen::add);
            }
            sights.keep(seen, now);
        }
    }

    private static Round round(Rtt rtt) {
        return rtt.replies() == 0 ? Round.SILENT : new Round(rtt.medianMs() / 2, rtt.replies());
    }

    /** Answers what is to be stored, if anything. */
    private Optional<Seen> decide(Link link, Round round, Instant now) {
        var before = watched.computeIfAbsent(link.id(), this::known);
        var recent = new ArrayList<>(before.recent());
        recent.add(round);
        var last = recent.subList(Math.max(0, recent.size() - policy.rounds()), recent.size());
        var decision = policy.decide(link.latencyMs(), before.sight(), last, now);
        var due = decision.next()
                .filter(next -> decision.news().isPresent()
                        || before.stored()
                                .filter(stored -> isAsGood(stored, next))
                                .isEmpty());
        watched.put(link.id(), new Watched(List.copyOf(last), decision.next(), due.or(before::stored)));
        var news = decision.news().map(each -> told(each, link, decision.next().orElseThrow()));
        news.ifPresent(each -> LOG.info("link {} ({}): {} {}", link.id(), link.name(), each.kind(), each.data()));
        return due.map(sight -> new Seen(link, sight, news));
    }

    private Watched known(UUID link) {
        var stored = Optional.ofNullable(sights.of(List.of(link)).get(link));
        return new Watched(List.of(), stored, stored);
    }

    private static boolean isAsGood(LinkSight stored, LinkSight next) {
        return stored.latencyMs() == next.latencyMs()
                && stored.answers() == next.answers()
                && next.at().isBefore(stored.at().plus(STORED_EVERY));
    }

    private SightStore.News told(LatencyPolicy.News news, Link link, LinkSight sight) {
        return new SightStore.News(
                news.name().toLowerCase(Locale.ROOT),
                Map.of(
                        "declared_ms", Double.toString(link.latencyMs()),
                        "measured_ms", Double.toString(sight.latencyMs()),
                        "limit_ms", Double.toString(policy.limitMs(link.latencyMs()))));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdownNow();
    }
}
