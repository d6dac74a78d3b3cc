package io.isthmus.server.api;

import java.util.Set;

/**
 * Who asks.
 *
 * @param systemScope whether the roles hold for everything and not for one project only
 */
public record Caller(String projectId, String userId, Set<String> roles, boolean systemScope) {
    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean isAdmin() {
        return roles.contains("admin");
    }

    /** Whether things of that project exist for this caller. */
    public boolean sees(String project) {
        return systemScope || projectId.equals(project);
    }
}
