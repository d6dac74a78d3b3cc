package io.isthmus.cli.event;

import io.isthmus.cli.http.Api;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import java.io.IOException;
import java.time.Duration;

/** Follows the event stream over broken connections: each time it asks for what came after the last event it saw. */
final class EventWatch {
    private static final int ATTEMPTS = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Api api;
    private final EventLines lines;

    EventWatch(Api api, EventLines lines) {
        this.api = api;
        this.lines = lines;
    }

    void follow(String since, int count) throws InterruptedException {
        var last = since;
        int left = count;
        int lost = 0;
        var opened = false;
        while (left > 0) {
            try (var stream = api.events(last)) {
                opened = true;
                for (var event = stream.next(); event.isPresent(); event = stream.next()) {
                    lines.print(event.get().document());
                    last = stream.lastId();
                    lost = 0;
                    if (--left == 0) {
                        return;
                    }
                }
            } catch (IOException e) {
                // The stream broke; taken up again below.
            } catch (Failure e) {
                if (!opened || e.exitCode() == ExitCode.NOT_FOUND) {
                    throw e;
                }
            }
            if (++lost > ATTEMPTS) {
                throw new Failure(
                        ExitCode.FAILED,
                        "The event stream is lost, and " + ATTEMPTS + " attempts did not bring it back.");
            }
            Thread.sleep(pause(lost));
        }
    }

    /** None before the first new attempt, then 1 s, 2 s, 4 s … */
    private static Duration pause(int lost) {
        var pause = lost == 1 ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(lost - 2, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
