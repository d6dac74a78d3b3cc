package io.isthmus.server.keystone;

import java.net.URI;
import java.time.Duration;

/**
 * Which Keystone knows the callers.
 *
 * @param credentialId which of the node's credentials may validate tokens there
 * @param rememberedFor how long an answer of Keystone counts, and so how long a revoked token may still work
 */
public record KeystoneSettings(URI url, String credentialId, Duration rememberedFor) {
    public static final Duration REMEMBERED_FOR = Duration.ofSeconds(60);

    public KeystoneSettings {
        if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException("the URL of Keystone must be like https://keystone.example:5000/v3");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("the URL of Keystone must not hold a user or password");
        }
        if (rememberedFor.isNegative() || rememberedFor.compareTo(REMEMBERED_FOR) > 0) {
            throw new IllegalArgumentException("a token may be remembered for 0s to 60s, not for " + rememberedFor);
        }
    }
}
