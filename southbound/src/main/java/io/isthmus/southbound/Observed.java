package io.isthmus.southbound;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was read of one part of a side, set against what it should be.
 *
 * @param steps what is missing to reach the goal, in the order to do it; empty if the goal is reached
 * @param facts what the other side allocated, by field name: {@code network_id}, {@code subnet_id}, {@code mtu}, …
 * @param foreign what is in the part's way or in its midst, but was made by somebody else: only told
 */
public record Observed(List<Step> steps, SortedMap<String, String> facts, List<Foreign> foreign) {
    public Observed {
        steps = List.copyOf(steps);
        facts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        foreign = List.copyOf(foreign);
    }

    public Observed(List<Step> steps, SortedMap<String, String> facts) {
        this(steps, facts, List.of());
    }

    /**
     * Something that is not ours.
     *
     * @param object the kind of thing that it touches, as in {@link Step#object}
     * @param identity which one it is
     * @param field what it shares with ours, such as {@code vlan}
     */
    public record Foreign(String object, String identity, String field, String observed) {}

    public boolean goalReached() {
        return steps.isEmpty();
    }
}
