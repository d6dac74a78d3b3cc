package io.isthmus.core.backup;

import io.isthmus.core.site.SiteId;
import java.util.UUID;

/**
 * A backup that an owner has chosen: {@code backup} stands by for what is active at {@code site}. Its limits are watched from then
 * on.
 *
 * @param constraints without paths of users; the resources are what the spare takes of the backup's capacity
 */
public record ChosenBackup(
        UUID id,
        String name,
        String projectId,
        SiteId site,
        SiteId backup,
        BackupConstraints constraints,
        Weights weights) {
    public ChosenBackup {
        if (site.equals(backup)) {
            throw new IllegalArgumentException("backup must be another site than " + site);
        }
        if (!constraints.users().isEmpty()) {
            throw new IllegalArgumentException("paths of users are not watched");
        }
    }

    public SpareUse spare() {
        return new SpareUse(site, backup, constraints.resources());
    }
}
