package io.isthmus.core.backup;

import io.isthmus.core.backup.BackupChoice.Candidate;
import io.isthmus.core.backup.BackupChoice.Rejected;
import io.isthmus.core.path.PathsFrom;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the site that backs another one up. Every site is either a candidate or rejected with its reason; candidates are
 * ordered by score, then by name. All paths are found in one search, so that a choice among 1,000 sites costs little more
 * than one path.
 */
public final class BackupChooser {
    private static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparingLong(Candidate::score).reversed().thenComparing(Candidate::site);

    private final BackupFacts facts;

    public BackupChooser(BackupFacts facts) {
        this.facts = facts;
    }

    /** @throws IllegalArgumentException if the active site is not known */
    public BackupChoice choose(SiteId active, BackupConstraints constraints, Weights weights) {
        var site = known(active);
        var paths = paths(active, constraints);
        var limits = new SiteLimits(facts, site, constraints, paths);
        var score = new Score(facts, site, constraints.resources(), weights);
        var candidates = new ArrayList<Candidate>();
        var rejected = new ArrayList<Rejected>();
        for (Site other : facts.sites()) {
            if (other.id().equals(active)) {
                continue;
            }
            Optional<Rejected> broken = limits.brokenBy(other);
            broken.ifPresentOrElse(
                    rejected::add,
                    () -> candidates.add(score.of(other, paths.to(other.id()).orElseThrow())));
        }
        candidates.sort(BEST_FIRST);
        return new BackupChoice(candidates, rejected);
    }

    /**
     * Looks again at a backup that was chosen earlier. What would do instead is sought only where a limit is broken.
     *
     * @return without candidates where no limit is broken, or where the active site is gone
     */
    public BackupReview review(ChosenBackup chosen) {
        if (facts.site(chosen.site()).isEmpty()) {
            return new BackupReview(Optional.of(gone(chosen, "the active site " + chosen.site())), List.of());
        }
        var backup = facts.site(chosen.backup());
        var constraints = chosen.constraints();
        var broken = backup.isEmpty()
                ? Optional.of(gone(chosen, "it"))
                : new SiteLimits(facts, known(chosen.site()), constraints, paths(chosen.site(), constraints))
                        .brokenBy(backup.get());
        return new BackupReview(
                broken,
                broken.isPresent()
                        ? choose(chosen.site(), constraints, chosen.weights()).candidates()
                        : List.of());
    }

    private static Rejected gone(ChosenBackup chosen, String which) {
        return new Rejected(
                chosen.backup(),
                which + " is not described any more",
                Limit.SITE,
                Measure.of("gone"),
                Measure.of("described"));
    }

    private Site known(SiteId site) {
        return facts.site(site).orElseThrow(() -> new IllegalArgumentException("there is no site " + site));
    }

    private PathsFrom paths(SiteId active, BackupConstraints constraints) {
        return new PathsFrom(
                facts.graph(), new PathsFrom.Request(active, constraints.minBandwidthMbps(), constraints.users()));
    }
}
