package io.isthmus.server.api;

import io.isthmus.store.ListQuery;

/** What belongs to projects: others' things do not exist for a caller. */
final class Projects {
    private Projects() {}

    /** The query, for what the caller may see. */
    static ListQuery own(ListQuery query) {
        var caller = RequestScope.currentCaller();
        if (caller.systemScope()) {
            return query;
        }
        var asked = query.equal().get("project_id");
        if (asked != null && !caller.sees(asked)) {
            throw new Problem.Forbidden("project " + asked + " is not yours");
        }
        return query.with("project_id", caller.projectId());
    }
}
