package io.isthmus.server.backup;

import io.isthmus.core.backup.BackupChooser;
import io.isthmus.core.backup.SpareUse;
import io.isthmus.core.backup.Standing;
import io.isthmus.core.backup.StandingPolicy;
import io.isthmus.core.connection.Underlay;
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
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every chosen backup now and then: whether it still keeps its limits, and which site would do instead. It tells by
 * events and moves nothing; that is its owner's.
 */
public final class BackupWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupWatch.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final ChoiceStore choices;
    private final BackupSources sources;
    private final StandingPolicy policy;
    private final InstantSource clock;
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
                this::lookUnattended,
                BETWEEN_LOOKS.toMillis(),
                BETWEEN_LOOKS.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void lookUnattended() {
        try {
            look();
        } catch (RuntimeException fault) {
            // The edge of a unit of work; the next round starts from nothing.
            LOG.error("looking at the chosen backups failed unexpectedly", fault);
        }
    }

    /** Looks at all of them once. */
    void look() {
        var all = choices.list(ListQuery.ALL);
        if (!all.isEmpty()) {
            var underlay = sources.underlay();
            all.forEach(each -> look(each, all, underlay));
        }
    }

    private void look(Stored<Watched> stored, List<Stored<Watched>> all, Underlay underlay) {
        var choice = stored.value().choice();
        var others = all.stream()
                .map(each -> each.value().choice())
                .filter(each -> !each.id().equals(choice.id()))
                .map(each -> each.spare())
                .toList();
        if (!isThere(choice.site(), underlay) || !isThere(choice.backup(), underlay)) {
            LOG.debug("backup choice {} names a site that is gone", choice.id());
            return;
        }
        var selection = new BackupChooser(sources.facts(underlay, List.<SpareUse>copyOf(others)))
                .choose(choice.site(), choice.constraints(), choice.weights());
        var before = stored.value().standing();
        var decision = policy.decide(before, choice.backup(), selection, clock.instant());
        if (!decision.next().equals(before)) {
            var news = decision.news().map(each -> told(each, before, decision.next()));
            news.ifPresent(each -> LOG.info("backup choice {}: {} {}", choice.id(), each.kind(), each.data()));
            choices.keep(stored, decision.next(), news, clock.instant());
        }
    }

    private static boolean isThere(SiteId site, Underlay underlay) {
        return underlay.site(site).isPresent();
    }

    private static News told(StandingPolicy.News news, Standing before, Standing next) {
        Map<String, String> data = new HashMap<>();
        next.breach().or(before::breach).ifPresent(breach -> {
            data.put("criterion", breach.criterion());
            data.put("value", breach.value());
            data.put("limit", breach.limit());
            data.put("reason", breach.reason());
        });
        Optional<SiteId> proposal = next.proposal();
        data.put("proposal", proposal.map(SiteId::name).orElse(""));
        return new News(news.name().toLowerCase(Locale.ROOT), data);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
