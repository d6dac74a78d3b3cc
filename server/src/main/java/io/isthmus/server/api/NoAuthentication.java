package io.isthmus.server.api;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Everybody is the administrator: for evaluation on one machine. {@code X-Project-Id} chooses a project. */
public final class NoAuthentication implements Authentication {
    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Set<String> ROLES = Set.of("admin", "member", "reader");

    @Override
    public Caller authenticate(Headers headers) {
        var project = headers.find("X-Project-Id");
        if (project.isPresent() && !PROJECT.matcher(project.get()).matches()) {
            throw new Problem.Invalid(
                    ProblemCode.INVALID_PARAMETER, "X-Project-Id", "a project id must match " + PROJECT);
        }
        return new Caller(project.orElse("default"), "anonymous", ROLES, project.isEmpty());
    }

    @Override
    public Optional<String> warning() {
        return Optional.of("authentication is off: everybody on this machine is administrator");
    }

    @Override
    public boolean isForLoopbackOnly() {
        return true;
    }
}
