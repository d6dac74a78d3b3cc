package io.isthmus.server.api;

import static io.isthmus.server.api.Policy.Needs.ADMIN;
import static io.isthmus.server.api.Policy.Needs.MEMBER;
import static io.isthmus.server.api.Policy.Needs.NEVER;
import static io.isthmus.server.api.Policy.Needs.NOTHING;
import static io.isthmus.server.api.Policy.Needs.READER;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may do what: one line for every operation of the contract. The scope of a token says whose things it reaches, its role
 * what may be done with them. {@code docs/policy.md} has the same table, with the reasons.
 */
enum Policy {
    //                                                                       in a project | with system scope
    LIST_VERSIONS("listVersions", "GET", "/", NOTHING, NOTHING),
    LIST_RESOURCES("listResources", "GET", "/v1", NOTHING, NOTHING),
    IS_ALIVE("isAlive", "GET", "/healthcheck", NOTHING, NOTHING),
    IS_READY("isReady", "GET", "/ready", NOTHING, NOTHING),
    SHOW_CONTRACT("showContract", "GET", "/openapi", NOTHING, NOTHING),

    READ_METRICS("readMetrics", "GET", "/metrics", ADMIN, READER),

    LIST_SITES("listSites", "GET", "/v1/sites", READER, READER),
    CREATE_SITE("createSite", "POST", "/v1/sites", ADMIN, ADMIN),
    SHOW_SITE("showSite", "GET", "/v1/sites/{id}", READER, READER),
    REPLACE_SITE("replaceSite", "PUT", "/v1/sites/{id}", ADMIN, ADMIN),
    CHANGE_SITE("changeSite", "PATCH", "/v1/sites/{id}", ADMIN, ADMIN),
    DELETE_SITE("deleteSite", "DELETE", "/v1/sites/{id}", ADMIN, ADMIN),
    DIAGNOSE_SITE("diagnoseSite", "POST", "/v1/sites/{id}/diagnose", ADMIN, ADMIN),

    LIST_LINKS("listLinks", "GET", "/v1/links", READER, READER),
    CREATE_LINK("createLink", "POST", "/v1/links", ADMIN, ADMIN),
    SHOW_LINK("showLink", "GET", "/v1/links/{id}", READER, READER),
    REPLACE_LINK("replaceLink", "PUT", "/v1/links/{id}", ADMIN, ADMIN),
    CHANGE_LINK("changeLink", "PATCH", "/v1/links/{id}", ADMIN, ADMIN),
    DELETE_LINK("deleteLink", "DELETE", "/v1/links/{id}", ADMIN, ADMIN),

    SHOW_TOPOLOGY("showTopology", "GET", "/v1/topology", READER, READER),

    LIST_ENDPOINTS("listEndpoints", "GET", "/v1/endpoints", READER, READER),
    CREATE_ENDPOINT("createEndpoint", "POST", "/v1/endpoints", MEMBER, NEVER),
    SHOW_ENDPOINT("showEndpoint", "GET", "/v1/endpoints/{id}", READER, READER),
    REPLACE_ENDPOINT("replaceEndpoint", "PUT", "/v1/endpoints/{id}", MEMBER, ADMIN),
    CHANGE_ENDPOINT("changeEndpoint", "PATCH", "/v1/endpoints/{id}", MEMBER, ADMIN),
    DELETE_ENDPOINT("deleteEndpoint", "DELETE", "/v1/endpoints/{id}", MEMBER, ADMIN),

    LIST_CONNECTIONS("listConnections", "GET", "/v1/connections", READER, READER),
    CREATE_CONNECTION("createConnection", "POST", "/v1/connections", MEMBER, NEVER),
    SHOW_CONNECTION("showConnection", "GET", "/v1/connections/{id}", READER, READER),
    CHANGE_CONNECTION("changeConnection", "PATCH", "/v1/connections/{id}", MEMBER, ADMIN),
    DELETE_CONNECTION("deleteConnection", "DELETE", "/v1/connections/{id}", MEMBER, ADMIN),
    VERIFY_CONNECTION("verifyConnection", "POST", "/v1/connections/{id}/verify", MEMBER, ADMIN),
    DIAGNOSE_CONNECTION("diagnoseConnection", "POST", "/v1/connections/{id}/diagnose", MEMBER, ADMIN),
    BENCHMARK_CONNECTION("benchmarkConnection", "POST", "/v1/connections/{id}/benchmark", MEMBER, ADMIN),
    RECONCILE_CONNECTION("reconcileConnection", "POST", "/v1/connections/{id}/reconcile", MEMBER, ADMIN),

    SELECT_BACKUP("selectBackup", "POST", "/v1/backup-selections", READER, READER),
    PLAN_BACKUPS("planBackups", "POST", "/v1/backup-plans", READER, READER),

    LIST_QUOTAS("listQuotas", "GET", "/v1/quotas", READER, READER),
    SHOW_QUOTA("showQuota", "GET", "/v1/quotas/{id}", READER, READER),
    SET_QUOTA("setQuota", "PUT", "/v1/quotas/{id}", ADMIN, ADMIN),
    RESET_QUOTA("resetQuota", "DELETE", "/v1/quotas/{id}", ADMIN, ADMIN),

    LIST_OPERATIONS("listOperations", "GET", "/v1/operations", READER, READER),
    SHOW_OPERATION("showOperation", "GET", "/v1/operations/{id}", READER, READER),
    LIST_EVENTS("listEvents", "GET", "/v1/events", READER, READER);

    /** What a caller must have; each role has the rights of those before it. */
    enum Needs {
        /** Not even a token. */
        NOTHING,
        READER,
        MEMBER,
        ADMIN,
        /** No role is enough. */
        NEVER;

        private boolean isMetBy(Caller caller) {
            return switch (this) {
                case NOTHING -> true;
                case READER -> caller.isReader();
                case MEMBER -> caller.isMember();
                case ADMIN -> caller.isAdmin();
                case NEVER -> false;
            };
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String operationId;
    private final String method;
    private final String path;
    private final Needs inProject;
    private final Needs withSystemScope;

    Policy(String operationId, String method, String path, Needs inProject, Needs withSystemScope) {
        this.operationId = operationId;
        this.method = method;
        this.path = path;
        this.inProject = inProject;
        this.withSystemScope = withSystemScope;
    }

    /** The line for a route; a route without one is a mistake of ours, found when the server starts. */
    static Policy of(String method, String path) {
        return Arrays.stream(values())
                .filter(line -> line.method.equals(method) && line.path.equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no policy for " + method + " " + path));
    }

    static Optional<Policy> ofOperation(String operationId) {
        return Arrays.stream(values())
                .filter(line -> line.operationId.equals(operationId))
                .findFirst();
    }

    String operationId() {
        return operationId;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    boolean isOpen() {
        return inProject == Needs.NOTHING;
    }

    Needs inProject() {
        return inProject;
    }

    Needs withSystemScope() {
        return withSystemScope;
    }

    /** @throws Problem.Forbidden if the caller may not do this, to whatever it is */
    void check(Caller caller) {
        var bySystemScope = caller.systemScope() && withSystemScope.isMetBy(caller);
        var byProject = caller.hasProject() && inProject.isMetBy(caller);
        if (bySystemScope || byProject) {
            return;
        }
        if (!caller.hasProject() && withSystemScope == Needs.NEVER) {
            throw new Problem.Forbidden(
                    ProblemCode.WRONG_SCOPE,
                    "what is created here belongs to a project, and the token has system scope",
                    "use a token of the project that shall own it");
        }
        var needed = caller.hasProject() ? inProject : withSystemScope;
        throw new Problem.Forbidden("this needs the role " + needed.word());
    }
}
