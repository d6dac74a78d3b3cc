package io.isthmus.core.diagnosis;

import java.time.Duration;

/** Differences of clocks in words. */
final class Clocks {
    private Clocks() {}

    /** Such as {@code 300 s ahead of this node's}. */
    static String text(Duration ahead) {
        return ahead.abs().toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of") + " this node's";
    }
}
