package io.isthmus.core.backup;

import io.isthmus.core.backup.BackupChoice.Candidate;
import io.isthmus.core.backup.BackupChoice.Rejected;
import io.isthmus.core.site.SiteId;
import java.util.List;
import java.util.Optional;

/**
 * How a chosen backup does now.
 *
 * @param broken the first limit that it breaks
 * @param candidates what would do instead, best first; sought only where a limit is broken
 */
public record BackupReview(Optional<Rejected> broken, List<Candidate> candidates) {
    public BackupReview {
        candidates = List.copyOf(candidates);
    }

    public Optional<Candidate> candidate(SiteId site) {
        return candidates.stream().filter(each -> each.site().equals(site)).findFirst();
    }
}
