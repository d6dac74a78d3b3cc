package io.isthmus.core.diagnosis;

import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;
import java.util.List;
import java.util.Optional;

/** Whose evidence a rule looks at. */
record Place(SiteId site, Optional<SideRole> side) {

    Finding error(Layer layer, String code, String detail, List<String> evidence, String remedy) {
        return new Finding(Severity.ERROR, site, side, layer, code, detail, evidence, remedy);
    }

    Finding warning(Layer layer, String code, String detail, List<String> evidence, String remedy) {
        return new Finding(Severity.WARNING, site, side, layer, code, detail, evidence, remedy);
    }

    Diagnosis.Check check(Layer layer, String detail) {
        return new Diagnosis.Check(site, side, layer, detail);
    }
}
