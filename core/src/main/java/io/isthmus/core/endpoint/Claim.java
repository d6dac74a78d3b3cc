package io.isthmus.core.endpoint;

import java.util.List;

/**
 * Who wants to join a network or router that was there before. Isthmus reaches all of a cloud's things with its own credential,
 * so it must hold back what the caller could not reach: what belongs to somebody else is joined only where that owner agrees.
 *
 * @param projectId the project that the endpoint belongs to
 * @param byAdmin whether an administrator named the thing, who may join anybody's
 */
public record Claim(String projectId, boolean byAdmin) {
    /** A tag of a network or router: its owner lets the project with the id that follows join it. */
    public static final String CONSENT = "isthmus-project=";

    /**
     * Whether this may join what another project may own.
     *
     * @param owner the project that the thing belongs to in its own cloud
     * @param tags which only that owner can set there
     */
    public boolean covers(String owner, List<String> tags) {
        return byAdmin || (!projectId.isEmpty() && owner.equals(projectId)) || tags.contains(CONSENT + projectId);
    }

    /** What to do where it does not. */
    public String hint() {
        return "Check id and site. It must belong to project %1$s, or have the tag %2$s%1$s from its owner."
                .formatted(projectId, CONSENT);
    }
}
