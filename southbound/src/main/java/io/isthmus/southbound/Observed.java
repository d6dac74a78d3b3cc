package io.isthmus.southbound;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was read of one part of a side, set against what it should be.
 *
 * @param steps what is missing to reach the goal, in the order to do it; empty if the goal is reached
 * @param facts what the other side allocated, by field name: {@code network_id}, {@code subnet_id}, {@code mtu}, …
 */
public record Observed(List<Step> steps, SortedMap<String, String> facts) {
    public Observed {
        steps = List.copyOf(steps);
        facts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    public boolean goalReached() {
        return steps.isEmpty();
    }
}
