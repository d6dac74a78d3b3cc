package io.isthmus.core.backup;

import io.isthmus.core.path.Path;
import io.isthmus.core.site.SiteId;
import java.util.List;

/**
 * The sites that can back a site up, best first, and why every other one cannot.
 *
 * @param rejected by name
 */
public record BackupChoice(List<Candidate> candidates, List<Rejected> rejected) {
    public BackupChoice {
        candidates = List.copyOf(candidates);
        rejected = List.copyOf(rejected);
    }

    /**
     * A site that satisfies every constraint.
     *
     * @param score thousandths of a point, 0 to 100,000; the scores of the reasons add up to it
     * @param path from the active site
     */
    public record Candidate(SiteId site, long score, List<Reason> reasons, Path path) {
        public Candidate {
            reasons = List.copyOf(reasons);
            if (score != reasons.stream().mapToLong(Reason::score).sum()) {
                throw new IllegalArgumentException("the scores of " + site + " do not add up to " + score);
            }
        }
    }

    /** What a candidate got for a criterion, in thousandths of a point. */
    public record Reason(Criterion criterion, Measure value, long score) {}

    /** A site that does not satisfy a constraint: the first one that it was found to break. */
    public record Rejected(SiteId site, String reason, Limit criterion, Measure value, Measure limit) {}
}
