package io.isthmus.core.path;

import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.site.SiteId;
import java.util.Optional;

/**
 * What a path has to satisfy.
 *
 * @param bandwidthMbps what every link must have free; zero asks for none
 * @param maxLatencyMs one way over the whole path
 */
public record PathRequest(
        SiteId from, SiteId to, int bandwidthMbps, Optional<Double> maxLatencyMs, PathConstraints constraints) {}
