package io.isthmus.server.api;

import java.util.Set;

/**
 * Who asks.
 *
 * @param projectId whose things the caller creates; empty if there is no project
 * @param systemScope whether the roles hold for everything and not for one project only
 */
public record Caller(String projectId, String userId, Set<String> roles, boolean systemScope) {
    public Caller {
        if (projectId.isEmpty() && !systemScope) {
            throw new IllegalArgumentException("a caller has a project or system scope");
        }
        roles = Set.copyOf(roles);
    }

    public boolean isAdmin() {
        return roles.contains("admin");
    }

    /** Whether the caller may change things; admins are members, also where Keystone does not say so. */
    public boolean isMember() {
        return isAdmin() || roles.contains("member");
    }

    public boolean isReader() {
        return isMember() || roles.contains("reader");
    }

    /** What tells this caller from others when rates are counted. */
    String key() {
        return userId + "@" + (systemScope ? "system" : projectId);
    }

    public boolean hasProject() {
        return !projectId.isEmpty();
    }

    /** Whether things of that project exist for this caller. */
    public boolean sees(String project) {
        return systemScope || projectId.equals(project);
    }
}
