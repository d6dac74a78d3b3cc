package io.isthmus.southbound.frr;

import io.isthmus.southbound.Failure;
import java.time.Duration;
import java.util.function.Consumer;

/** Runs scripts on gateways. */
interface GatewayShell extends AutoCloseable {

    /**
     * Runs a script to its end or until {@code limit} is over.
     *
     * @param line hears each line of the output as it comes, in the calling thread
     */
    Answer run(Target target, String script, Duration limit, Consumer<String> line) throws InterruptedException;

    /** Opens a session of its own and ends it again: whether the gateway lets this node in now. */
    Answer knock(Target target) throws InterruptedException;

    @Override
    void close();

    /** What came of it. */
    sealed interface Answer {
        record Ended(int status, String output, String errors) implements Answer {}

        /** The script was sent; whether it ran is not known. */
        record Silent(String reason) implements Answer {}

        /** Nothing was sent, and asking again unchanged will not help. */
        record Refused(Failure failure) implements Answer {}

        /** Nothing was sent. */
        record Unreachable(Failure failure) implements Answer {}
    }
}
