package io.isthmus.server.api;

import io.isthmus.core.quota.Quota;
import io.isthmus.store.Change;
import io.isthmus.store.Stored;
import java.util.List;

/** What became of a conditional write, as an answer: the stored value, or the problem that stands in the way. */
final class Changes {
    private Changes() {}

    static Problem overQuota(Quota.Exceeded exceeded) {
        return new Problem.Forbidden(
                ProblemCode.QUOTA_EXCEEDED,
                "the project may have %d %s, has %d and asks for %d more"
                        .formatted(exceeded.limit(), exceeded.resource(), exceeded.used(), exceeded.asked()),
                "delete what is not needed, or ask an administrator for a larger quota");
    }

    /**
     * The stored value.
     *
     * @param missing the code where the thing itself is not there
     */
    static <T> Stored<T> done(Change<T> change, ProblemCode missing) {
        return switch (change) {
            case Change.Done<T>(var stored) -> stored;
            case Change.Missing<T>() -> throw new Problem.NotFound(missing, "it is not there any more");
            case Change.Stale<T>(var revision) -> throw new Problem.Stale(revision);
            case Change.Exists<T> exists ->
                throw new Problem.Conflict(
                        ProblemCode.ID_TAKEN,
                        "/id",
                        "something with this id is there, at revision "
                                + exists.stored().revision(),
                        List.of());
            case Change.Unknown<T>(var resource, var id) ->
                throw new Problem.NotFound(
                        resource.equals("site") ? ProblemCode.SITE_NOT_FOUND : ProblemCode.ENDPOINT_NOT_FOUND,
                        "there is no " + resource + " " + id);
            case Change.OverQuota<T>(var exceeded) -> throw overQuota(exceeded);
            case Change.InUse<T>(var resource, var users) ->
                throw new Problem.Conflict(ProblemCode.IN_USE, "", "in use by %s %s".formatted(resource, users), users);
        };
    }
}
