package io.isthmus.server.engine;

import java.time.Duration;

/**
 * A work queue as it is now.
 *
 * @param waiting keys that could run and do not yet
 * @param retrying keys whose last run failed and that wait for their next
 * @param oldest how long the key has waited that waits for longest; zero if none waits
 * @param settled runs so far that ended well, those that want to look again later included
 * @param failed runs so far that ended with a failure of the outside world or a fault of our own
 */
public record QueueState(
        String name, int waiting, int running, int retrying, Duration oldest, long settled, long failed) {}
