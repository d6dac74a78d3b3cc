package io.isthmus.core.diagnosis;

import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;
import java.util.List;
import java.util.Optional;

/**
 * What came of an examination.
 *
 * @param findings what is wrong, best explanation first
 * @param healthy what was checked and is as it should be
 * @param unchecked what could not be checked, and why
 */
public record Diagnosis(List<Finding> findings, List<Check> healthy, List<Check> unchecked) {
    public Diagnosis {
        findings = List.copyOf(findings);
        healthy = List.copyOf(healthy);
        unchecked = List.copyOf(unchecked);
    }

    /** One thing that was looked at, or could not be. */
    public record Check(SiteId site, Optional<SideRole> side, Layer layer, String detail) {}

    public boolean isHealthy() {
        return findings.isEmpty();
    }
}
