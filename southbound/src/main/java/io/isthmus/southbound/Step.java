package io.isthmus.southbound;

import java.util.List;

/**
 * One change that a side needs, in words that a person can read in a plan and a driver can carry out.
 *
 * @param object the kind of thing: {@code network}, {@code subnet}, {@code handoff}, {@code bridge}, {@code vxlan},
 *     {@code route_targets}, {@code probe}
 * @param identity which one: a name or an id
 * @param changes field by field; for a creation every field that is set, for a deletion none
 */
public record Step(Action action, String object, String identity, List<FieldChange> changes) {
    public Step {
        changes = List.copyOf(changes);
    }

    /** What a step does to its object. */
    public enum Action {
        CREATE,
        UPDATE,
        DELETE
    }

    /** One field: what was read, and what is wanted; empty text stands for nothing. */
    public record FieldChange(String field, String observed, String wanted) {}

    /** Such as {@code create network}. */
    public String name() {
        return action.name().toLowerCase(java.util.Locale.ROOT) + " " + object.replace('_', ' ');
    }
}
