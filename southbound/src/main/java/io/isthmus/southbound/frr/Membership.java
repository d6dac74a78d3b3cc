package io.isthmus.southbound.frr;

import io.isthmus.core.side.GatewayIntent;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.Step.FieldChange;
import io.isthmus.southbound.frr.GatewayState.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether FRR has taken a VXLAN device for its VNI's, and sends frames to the other gateway once that has told its tunnel
 * address. FRR forgets the one or the other when devices come and go beside ours, or when somebody deletes its entries; then
 * sessions are established and nothing passes. It takes a device for its VNI's only when that comes into being, and tells its
 * kernel of the other gateway again when the device goes down and up.
 */
final class Membership {
    static final String DEVICE = "evpn_device";
    static final String REMOTE = "remote_tunnel";
    private static final String EVERYBODY = "00:00:00:00:00:00";

    private final GatewayState state;
    private final GatewayIntent intent;

    Membership(GatewayState state, GatewayIntent intent) {
        this.state = state;
        this.intent = intent;
    }

    List<FieldChange> fields() {
        var routing = state.routing();
        var fields = new ArrayList<FieldChange>();
        fields.add(new FieldChange(
                DEVICE,
                routing.vxlanDevice().orElse(""),
                ConnectionNames.of(intent).vxlan()));
        var remote = intent.tunnel().remoteAddress().toString();
        if (routing.tellers().contains(remote)) {
            var sends =
                    routing.remoteVteps().contains(remote) && state.entries().contains(new Entry(EVERYBODY, remote));
            fields.add(new FieldChange(REMOTE, sends ? remote : "", remote));
        }
        return fields;
    }

    /** Whether a step is about that: right after a change FRR may need a moment. */
    static boolean isMissing(Step step) {
        return isUpdateOf(DEVICE, step) || isUpdateOf(REMOTE, step);
    }

    /** What cures it, around the {@code function} that puts the rest of the device right. */
    static String cured(Step step, String function) {
        if (isUpdateOf(DEVICE, step)) {
            return "remove_vxlan\n" + function;
        }
        return isUpdateOf(REMOTE, step) ? function + "\nrejoin_vxlan" : function;
    }

    private static boolean isUpdateOf(String field, Step step) {
        return step.action() == Step.Action.UPDATE
                && step.changes().stream().anyMatch(change -> change.field().equals(field));
    }
}
