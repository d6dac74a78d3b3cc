package io.isthmus.core.diagnosis;

import io.isthmus.core.side.SideRole;
import java.util.OptionalInt;

/**
 * What echo requests from one side's probe port to the other's came to.
 *
 * @param heard how many of them the other side's probe port received
 * @param entered how many packets the sending gateway put into the tunnel meanwhile
 * @param emerged how many packets the other gateway took out of it
 * @param mtu the largest packet that passed whole; empty if none did or nobody tried
 */
public record Crossing(SideRole from, int sent, int received, int heard, long entered, long emerged, OptionalInt mtu) {

    /** Nothing arrives at the other side, whether or not its own packets arrive here. */
    boolean isDead() {
        return heard == 0 && received == 0;
    }

    double loss() {
        return sent == 0 ? 1 : 1 - (double) received / sent;
    }
}
