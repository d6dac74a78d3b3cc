package io.isthmus.server.api;

/** Who may do what. */
final class Rights {
    private Rights() {}

    /** Sites and links are the operator's. */
    static void requireAdmin() {
        if (!RequestScope.currentCaller().isAdmin()) {
            throw new Problem.Forbidden("this needs the role admin");
        }
    }

    static void requireMember() {
        var caller = RequestScope.currentCaller();
        if (!caller.isAdmin() && !caller.roles().contains("member")) {
            throw new Problem.Forbidden("this needs the role member");
        }
    }
}
