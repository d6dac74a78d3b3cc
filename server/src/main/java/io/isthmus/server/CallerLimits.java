package io.isthmus.server;

import io.isthmus.core.quota.Amounts;
import io.isthmus.core.quota.Quota;
import io.isthmus.server.api.ApiLimits;

/**
 * How much callers may ask for.
 *
 * @param api how often one may ask, and how many answers one may wait for at a time
 * @param quota what a project may have for which {@code /v1/quotas} says nothing else
 */
public record CallerLimits(ApiLimits api, Amounts quota) {
    public static final CallerLimits DEFAULT = new CallerLimits(ApiLimits.DEFAULT, Quota.DEFAULT);
}
