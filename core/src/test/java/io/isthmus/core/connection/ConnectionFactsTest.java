package io.isthmus.core.connection;

import static io.isthmus.core.Example.B;
import static io.isthmus.core.Example.D;
import static io.isthmus.core.Example.connection;
import static io.isthmus.core.Example.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.side.Part;
import io.isthmus.core.side.Side;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.StepError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ConnectionFactsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Side LOCAL = Side.pending(SideRole.LOCAL, B);
    private static final Side REMOTE = Side.pending(SideRole.REMOTE, D);
    private static final Side LOCAL_THERE = LOCAL.applied(new TreeMap<>());
    private static final Side REMOTE_THERE = REMOTE.applied(new TreeMap<>());
    private static final Reservation RESERVED =
            new Reservation(50_000, 2000, 2000, List.of(B, D), List.of(), 17, 1450, 0);

    @Test
    void aConnectionPassesThroughItsStatesAsFactsCome() {
        assertThat(facts(ConnectionGoal.PRESENT, false, false, false).status()).isEqualTo(ConnectionStatus.REQUESTED);
        assertThat(facts(ConnectionGoal.PRESENT, true, false, false).status()).isEqualTo(ConnectionStatus.RESERVING);
        assertThat(facts(ConnectionGoal.PRESENT, true, true, false).status()).isEqualTo(ConnectionStatus.PROVISIONING);
        assertThat(active(LOCAL_THERE, report(0, 0, 1450)).status()).isEqualTo(ConnectionStatus.ACTIVE);
        assertThat(facts(ConnectionGoal.DELETED, true, true, false).status()).isEqualTo(ConnectionStatus.DELETING);
        assertThat(rollingBack(Optional.of(NOON)).status()).isEqualTo(ConnectionStatus.ROLLING_BACK);
        assertThat(facts(ConnectionGoal.ROLLED_BACK, true, false, true).status())
                .isEqualTo(ConnectionStatus.ROLLED_BACK);
    }

    @Test
    void aRollBackWhoseTimeIsUpIsAnErrorThatTellsWhatIsLeft() {
        var why = error("probe", NOON);
        assertThat(rollingBack(Optional.of(NOON)).lastError()).contains(why);
        var late = rollingBack(Optional.empty());
        assertThat(late.status()).isEqualTo(ConnectionStatus.ERROR);
        var told = late.lastError().orElseThrow();
        assertThat(told.code()).isEqualTo(why.code());
        assertThat(told.detail()).startsWith(why.detail()).contains("site d (Neutron is silent)");
        assertThat(told.detail()).doesNotContain("site b");
    }

    @Test
    void whatIsMeasuredSaysHowItIs() {
        assertThat(active(LOCAL_THERE, report(0, 0, 1450)).operStatus()).isEqualTo(OperStatus.UP);
        assertThat(active(LOCAL_THERE, report(0, 0.1, 1450)).operStatus()).isEqualTo(OperStatus.DEGRADED);
        assertThat(active(LOCAL_THERE, report(0, 0, 1400)).operStatus()).isEqualTo(OperStatus.DEGRADED);
        assertThat(active(LOCAL_THERE, report(0, 1, 1450)).operStatus()).isEqualTo(OperStatus.DOWN);
    }

    @Test
    void whatCannotBeProbedAnyMoreIsNotCalledUp() {
        var silent = LOCAL_THERE.failed(error("probe", NOON.plusSeconds(1)));
        assertThat(active(silent, report(0, 0, 1450)).operStatus()).isEqualTo(OperStatus.UNKNOWN);
        var before = LOCAL_THERE.failed(error("probe", NOON.minusSeconds(1)));
        assertThat(active(before, report(0, 0, 1450)).operStatus()).isEqualTo(OperStatus.UP);
    }

    @Test
    void aSideThatCannotBeReadIsUnobservedAndOneThatCannotBeRepairedHasDrifted() {
        var report = report(0, 0, 1450);
        assertThat(active(LOCAL_THERE, report).syncStatus()).isEqualTo(SyncStatus.IN_SYNC);
        assertThat(active(LOCAL_THERE.failed(error("probe", NOON)), report).syncStatus())
                .isEqualTo(SyncStatus.IN_SYNC);
        assertThat(active(LOCAL_THERE.failed(error("observe gateway", NOON)), report)
                        .syncStatus())
                .isEqualTo(SyncStatus.UNOBSERVED);
        assertThat(active(LOCAL_THERE.failed(error("create vxlan", NOON)), report)
                        .syncStatus())
                .isEqualTo(SyncStatus.DRIFTED);
    }

    private static StepError error(String step, Instant at) {
        return new StepError(step, "gateway_no_answer", "no answer", "look", at);
    }

    private static ProbeReport report(double there, double back, int mtu) {
        return new ProbeReport(
                NOON,
                new ProbeReport.Direction(34, there, OptionalInt.of(1450)),
                new ProbeReport.Direction(34, back, OptionalInt.of(mtu)));
    }

    private static ConnectionFacts facts(ConnectionGoal goal, boolean started, boolean reserved, boolean settled) {
        return new ConnectionFacts(
                connection(endpoint(B, "10.50.0.0/24"), endpoint(D, "10.50.0.0/24")),
                goal,
                started,
                settled,
                reserved ? Optional.of(RESERVED) : Optional.empty(),
                LOCAL,
                REMOTE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Something is left at d, which cannot be reached. */
    private static ConnectionFacts rollingBack(Optional<Instant> deadlineAt) {
        var left = REMOTE.applying(Part.NETWORK)
                .failed(new StepError("observe network", "neutron_unreachable", "Neutron is silent", "look", NOON));
        return new ConnectionFacts(
                connection(endpoint(B, "10.50.0.0/24"), endpoint(D, "10.50.0.0/24")),
                ConnectionGoal.ROLLED_BACK,
                true,
                false,
                Optional.of(RESERVED),
                LOCAL,
                left,
                Optional.empty(),
                Optional.empty(),
                Optional.of(error("probe", NOON)),
                deadlineAt);
    }

    private static ConnectionFacts active(Side local, ProbeReport report) {
        return new ConnectionFacts(
                connection(endpoint(B, "10.50.0.0/24"), endpoint(D, "10.50.0.0/24")),
                ConnectionGoal.PRESENT,
                true,
                true,
                Optional.of(RESERVED),
                local,
                REMOTE_THERE,
                Optional.of(report),
                Optional.of(NOON),
                Optional.empty(),
                Optional.empty());
    }
}
