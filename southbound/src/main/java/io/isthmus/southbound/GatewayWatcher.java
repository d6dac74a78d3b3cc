package io.isthmus.southbound;

import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.site.Gateway;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Looks at a gateway's connections and links all the time. */
public interface GatewayWatcher {

    /**
     * Watches until the gateway ends it, which is soon where it cannot be watched, or after some minutes.
     *
     * @param connections those of the gateway; as many as it can, the first ones first
     * @param listener hears in the calling thread, at least once a second
     * @return why it ended
     */
    Failure watch(Gateway gateway, List<GatewayIntent> connections, Consumer<Seen> listener)
            throws InterruptedException;

    /** What it tells. */
    sealed interface Seen {
        /** The gateway still looks. */
        record Looking() implements Seen {}

        /** Whether the other side of a connection answers; told when that changes. */
        record Answers(int vni, boolean answers) implements Seen {}

        /** Whether anything at all arrives from the other side; told after it stopped answering. */
        record Hears(int vni, boolean hears) implements Seen {}

        /** The AS numbers of the neighbours that the gateway does not hear; told when that changes. */
        record DeafTo(Set<Long> neighbours) implements Seen {
            public DeafTo {
                neighbours = Set.copyOf(neighbours);
            }
        }
    }
}
