package io.isthmus.server;

import io.isthmus.core.side.SideRole;
import io.isthmus.server.api.Problem;
import io.isthmus.server.api.ProblemCode;
import io.isthmus.southbound.Failure;
import java.util.Optional;

/** What a site said when it was read for a request. */
final class SiteAnswer {
    private SiteAnswer() {}

    /** The request's own problem, if that is what the site's answer tells. */
    static Optional<Problem> refusal(SideRole role, Failure failure, boolean lasting) {
        var pointer = role == SideRole.LOCAL ? "/local_endpoint/network" : "/remote_endpoint/network";
        return ProblemCode.of(failure.code())
                .filter(code -> code.status() == 422 && lasting)
                .map(code -> new Problem.Impossible(code, pointer, failure.detail(), failure.hint()));
    }
}
