package io.isthmus.southbound.openstack;

import java.time.Instant;

/**
 * A token that Keystone gave, with what it opens. Its text form never shows the token.
 *
 * @param askedAt when it was asked for, on this node's clock
 * @param usableUntil on this node's clock, some time before the token expires
 */
record Session(String token, String projectId, Instant askedAt, Instant usableUntil, Catalogue catalogue) {

    @Override
    public String toString() {
        return "Session[project " + projectId + " until " + usableUntil + "]";
    }
}
