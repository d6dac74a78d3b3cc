package io.isthmus.core.connection;

import io.isthmus.core.connection.Liveness.State;
import io.isthmus.core.site.SiteId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides, from what the two gateways see, whether a connection is alive and which part of it fails. */
public final class LivenessPolicy {
    private LivenessPolicy() {}

    /**
     * What one gateway sees of a connection.
     *
     * @param replied whether the other side answers its echo requests
     * @param hears where it does not: whether anything arrives from the other side at all, if that was told
     */
    public record Sight(boolean replied, Optional<Boolean> hears) {}

    /** The gateway of {@code deaf} does not hear that of {@code unheard} on the link between them. */
    public record DeafLink(SiteId deaf, SiteId unheard) {}

    /**
     * Decides.
     *
     * @param path the sites that the connection was to run over
     * @param local empty while the gateway does not tell, likewise {@code remote}
     * @param links where a gateway does not hear its neighbour
     */
    public static Liveness decide(
            List<SiteId> path, Optional<Sight> local, Optional<Sight> remote, Set<DeafLink> links, Instant now) {
        if (local.isEmpty() || remote.isEmpty()) {
            var silent = new ArrayList<String>();
            if (local.isEmpty()) {
                silent.add("the gateway of site " + path.getFirst() + " does not tell");
            }
            if (remote.isEmpty()) {
                silent.add("the gateway of site " + path.getLast() + " does not tell");
            }
            return new Liveness(now, State.UNKNOWN, State.UNKNOWN, State.UNKNOWN, silent);
        }
        if (local.get().replied() && remote.get().replied()) {
            return new Liveness(now, State.UP, State.UP, State.UP, List.of());
        }
        var there = direction(remote.get());
        var back = direction(local.get());
        var failing = new ArrayList<String>();
        failing.addAll(links(path, links));
        if (there == State.DOWN) {
            failing.add("nothing arrives from %s at %s".formatted(path.getFirst(), path.getLast()));
        }
        if (back == State.DOWN) {
            failing.add("nothing arrives from %s at %s".formatted(path.getLast(), path.getFirst()));
        }
        return new Liveness(now, State.DOWN, there, back, failing);
    }

    /** The direction towards {@code receiver}: a reply to it, or anything else that it hears, came that way. */
    private static State direction(Sight receiver) {
        if (receiver.replied()) {
            return State.UP;
        }
        return receiver.hears().map(hears -> hears ? State.UP : State.DOWN).orElse(State.UNKNOWN);
    }

    private static List<String> links(List<SiteId> path, Set<DeafLink> deaf) {
        var said = new ArrayList<String>();
        for (int hop = 0; hop + 1 < path.size(); hop++) {
            var here = path.get(hop);
            var next = path.get(hop + 1);
            if (deaf.contains(new DeafLink(next, here))) {
                said.add("link %s-%s: nothing arrives from %s at %s".formatted(here, next, here, next));
            }
            if (deaf.contains(new DeafLink(here, next))) {
                said.add("link %s-%s: nothing arrives from %s at %s".formatted(here, next, next, here));
            }
        }
        return said;
    }
}
