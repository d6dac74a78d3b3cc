package io.isthmus.server.engine;

import java.time.Duration;

/**
 * How a work queue stands. A queue holds a key once however often it is woken, so it is never longer than there are
 * connections (twice that for sides).
 *
 * @param waiting keys that want to run now and have no place yet
 * @param running keys that run
 * @param backingOff keys that failed and wait to be tried again
 * @param oldestWait for how long the first of those that wait has waited
 * @param runs how many runs have ended since the node started
 * @param failures how many of them failed and are tried again
 */
public record QueueFigures(
        String name, int waiting, int running, int backingOff, Duration oldestWait, long runs, long failures) {}
