package io.isthmus.server.backup;

import io.isthmus.core.backup.BackupChoice;
import io.isthmus.core.backup.BackupChooser;
import io.isthmus.core.backup.BackupFacts;
import io.isthmus.core.backup.BackupReview;
import io.isthmus.core.backup.ChosenBackup;
import io.isthmus.core.backup.Health;
import io.isthmus.core.backup.SpareUse;
import io.isthmus.core.backup.Standing;
import io.isthmus.core.backup.Standing.Phase;
import io.isthmus.core.backup.StandingPolicy;
import io.isthmus.core.connection.Underlay;
import io.isthmus.core.path.UnderlayGraph;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stored;
import io.isthmus.store.backup.ChoiceStore;
import io.isthmus.store.backup.ChoiceStore.News;
import io.isthmus.store.backup.ChoiceStore.Watched;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every chosen backup now and then: whether it still keeps its limits, and which site would do instead. It tells by
 * events and moves nothing; that is its owner's.
 */
public final class BackupWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupWatch.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    /** What changes by time alone. */
    private static final Set<Phase> TIMED = Set.of(Phase.SUSPECT, Phase.MENDING);

    private final ChoiceStore choices;
    private final BackupSources sources;
    private final StandingPolicy policy;
    private final InstantSource clock;
    /** As it was at the last look; belongs to the thread that looks. */
    private World seen = World.NONE;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("backup-watch").factory());

    public BackupWatch(ChoiceStore choices, BackupSources sources, StandingPolicy policy, InstantSource clock) {
        this.choices = choices;
        this.sources = sources;
        this.policy = policy;
        this.clock = clock;
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(
                this::lookUnattended, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookUnattended() {
        try {
            look();
        } catch (RuntimeException fault) {
            // The edge of a unit of work; the next round starts from nothing.
            LOG.error("looking at the chosen backups failed unexpectedly", fault);
        }
    }

    /** Looks at all of them once. Where the world is as it was, only those whose time runs are looked at. */
    void look() {
        var all = choices.list(ListQuery.ALL);
        if (all.isEmpty()) {
            return;
        }
        var world = new World(
                sources.underlay(),
                sources.health(),
                sources.measured(),
                all.stream().map(each -> each.value().choice()).toList());
        boolean asBefore = world.equals(seen);
        var facts = world.facts();
        all.stream()
                .filter(each ->
                        !asBefore || TIMED.contains(each.value().standing().phase()))
                .forEach(each ->
                        look(each, facts.with(world.sparesBeside(each.value().choice()))));
        seen = world;
    }

    /** What a look depends on, beside the time. */
    private record World(
            Underlay underlay, Map<SiteId, Health> health, Map<SiteId, Capacity> measured, List<ChosenBackup> chosen) {
        static final World NONE =
                new World(new Underlay(List.of(), List.of(), Map.of()), Map.of(), Map.of(), List.of());

        BackupFacts facts() {
            return new BackupFacts(
                    new UnderlayGraph(underlay.sites(), underlay.links(), underlay.bookedMbps()),
                    underlay.sites(),
                    health,
                    measured,
                    List.of());
        }

        List<SpareUse> sparesBeside(ChosenBackup one) {
            return chosen.stream()
                    .filter(each -> !each.id().equals(one.id()))
                    .map(ChosenBackup::spare)
                    .toList();
        }
    }

    private void look(Stored<Watched> stored, BackupFacts facts) {
        var choice = stored.value().choice();
        var review = new BackupChooser(facts).review(choice);
        var before = stored.value().standing();
        var decision = policy.decide(before, review, clock.instant());
        if (!decision.next().equals(before)) {
            var news = decision.news().map(each -> told(each, choice, before, decision.next(), review));
            news.ifPresent(each -> LOG.info("backup choice {}: {} {}", choice.id(), each.kind(), each.data()));
            choices.keep(stored, decision.next(), news, clock.instant());
        }
    }

    private static News told(
            StandingPolicy.News news, ChosenBackup choice, Standing before, Standing next, BackupReview review) {
        Map<String, String> data = new HashMap<>();
        next.breach().or(before::breach).ifPresent(breach -> {
            data.put("criterion", breach.criterion());
            data.put("value", breach.value());
            data.put("limit", breach.limit());
            data.put("reason", breach.reason());
        });
        data.put("proposal", next.proposal().map(SiteId::name).orElse(""));
        if (news != StandingPolicy.News.KEPT_AGAIN) {
            data.put(
                    "plan",
                    next.proposal()
                            .flatMap(review::candidate)
                            .map(candidate -> plan(choice, candidate))
                            .orElse("no site keeps all limits: relax one, or add capacity or links"));
        }
        return new News(news.name().toLowerCase(Locale.ROOT), data);
    }

    /** What the owner would do to follow the proposal. */
    private static String plan(ChosenBackup choice, BackupChoice.Candidate candidate) {
        var path = candidate.path();
        return "1. choose %s as the backup of %s, over %s: %s ms one way, %.1f of 100 points; 2. give up the choice %s (%s)"
                .formatted(
                        candidate.site(),
                        choice.site(),
                        path.sites().stream().map(SiteId::name).collect(Collectors.joining("-")),
                        path.latencyMs(),
                        candidate.score() / 1000.0,
                        choice.name(),
                        choice.id());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
