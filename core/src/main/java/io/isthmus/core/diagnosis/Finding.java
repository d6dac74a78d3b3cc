package io.isthmus.core.diagnosis;

import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;
import java.util.List;
import java.util.Optional;

/**
 * One thing that is wrong.
 *
 * @param side which end of the connection, if it is one; a transit site is none
 * @param code stable and documented
 * @param detail what is wrong, in one sentence; never a secret
 * @param evidence what was read that shows it
 * @param remedy what a person can do
 */
public record Finding(
        Severity severity,
        SiteId site,
        Optional<SideRole> side,
        Layer layer,
        String code,
        String detail,
        List<String> evidence,
        String remedy) {
    public Finding {
        evidence = List.copyOf(evidence);
    }

    Finding as(Severity other) {
        return new Finding(other, site, side, layer, code, detail, evidence, remedy);
    }
}
