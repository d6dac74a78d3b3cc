package io.isthmus.core.connection;

import io.isthmus.core.side.Side;
import io.isthmus.core.side.StepError;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Decides what becomes of a deletion that did not end within its time. */
public sealed interface LateRemoval {
    /** It goes on: there is nothing that says why it takes so long, so it is only slow. */
    record Slow() implements LateRemoval {}

    /** Tenants use what is to go: their owner must decide, and is told why. */
    record Used(StepError why) implements LateRemoval {}

    /** What is left at a site cannot be removed now: it is kept as a tombstone, and the deletion is over. */
    record Unreachable() implements LateRemoval {}

    /** The codes of failures that say that tenants use something. */
    Set<String> USED = Set.of("network_in_use", "subnet_in_use", "router_interface_in_use");

    /**
     * Decides.
     *
     * @param since when it began; what failed before that says nothing
     */
    static LateRemoval of(ConnectionFacts facts, Instant since) {
        var waiting = facts.sides().stream().filter(Side::touched).toList();
        var errors = waiting.stream()
                .map(Side::lastError)
                .flatMap(Optional::stream)
                .filter(error -> !error.at().isBefore(since))
                .toList();
        var used = errors.stream().filter(error -> USED.contains(error.code())).findFirst();
        if (used.isPresent()) {
            return new Used(used.get());
        }
        return errors.size() < waiting.size() ? new Slow() : new Unreachable();
    }
}
