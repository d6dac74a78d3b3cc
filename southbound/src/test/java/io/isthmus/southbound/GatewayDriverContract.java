package io.isthmus.southbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.Goal;
import io.isthmus.southbound.Outcome.Done;
import io.isthmus.southbound.Step.Action;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every driver of gateways does, whatever its technology. The two intents are the sides of one connection. */
public abstract class GatewayDriverContract {
    protected abstract GatewayDriver driver();

    protected abstract GatewayIntent left();

    protected abstract GatewayIntent right();

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        for (var intent : List.of(left(), right())) {
            reach(intent, Goal.ABSENT);
        }
    }

    @Test
    void anEmptyGatewayNeedsEverythingAndHasNothingToRemove() throws InterruptedException {
        var steps = done(driver().observe(left(), Goal.PRESENT)).steps();
        assertThat(steps).isNotEmpty().allMatch(step -> step.action() == Action.CREATE);
        assertThat(steps).allMatch(step -> !step.changes().isEmpty());
        assertThat(done(driver().observe(left(), Goal.ABSENT)).goalReached()).isTrue();
    }

    @Test
    void whatWasAppliedIsReadBack() throws InterruptedException {
        reach(left(), Goal.PRESENT);
        assertThat(done(driver().observe(left(), Goal.PRESENT)).steps()).isEmpty();
    }

    @Test
    void everyStepIsHeardInOrder() throws InterruptedException {
        var steps = done(driver().observe(left(), Goal.PRESENT)).steps();
        var heard = new ArrayList<String>();
        var applied = done(driver().apply(left(), steps, new StepListener() {
            @Override
            public void started(Step step) {
                heard.add("started " + step.name());
            }

            @Override
            public void done(Step step) {
                heard.add("done " + step.name());
            }
        }));
        assertThat(applied.steps()).isEqualTo(steps.size());
        assertThat(heard)
                .isEqualTo(steps.stream()
                        .flatMap(step -> java.util.stream.Stream.of("started " + step.name(), "done " + step.name()))
                        .toList());
    }

    @Test
    void everyStepMayBeRepeated() throws InterruptedException {
        var creation = done(driver().observe(left(), Goal.PRESENT)).steps();
        done(driver().apply(left(), creation, StepListener.NONE));
        done(driver().apply(left(), creation, StepListener.NONE));
        assertThat(done(driver().observe(left(), Goal.PRESENT)).steps()).isEmpty();
        var deletion = done(driver().observe(left(), Goal.ABSENT)).steps();
        done(driver().apply(left(), deletion, StepListener.NONE));
        done(driver().apply(left(), deletion, StepListener.NONE));
        assertThat(done(driver().observe(left(), Goal.ABSENT)).steps()).isEmpty();
    }

    @Test
    void aVniIsUsedFromCreationToDeletion() throws InterruptedException {
        assertThat(done(driver().usedVnis(left().gateway()))).doesNotContain(left().vni());
        reach(left(), Goal.PRESENT);
        assertThat(done(driver().usedVnis(left().gateway()))).contains(left().vni());
        reach(left(), Goal.ABSENT);
        assertThat(done(driver().usedVnis(left().gateway()))).doesNotContain(left().vni());
    }

    @Test
    void probesPassInBothDirectionsOnceBothSidesAreThere() throws InterruptedException {
        reach(left(), Goal.PRESENT);
        reach(right(), Goal.PRESENT);
        for (var intent : List.of(left(), right())) {
            var probed = done(driver().probe(intent));
            assertThat(probed.sent()).isPositive();
            assertThat(probed.received()).isPositive();
            assertThat(probed.rttMs()).isPositive();
            assertThat(probed.mtu()).hasValue(intent.mtu());
        }
    }

    @Test
    void withoutTheOtherSideNoProbeComesBack() throws InterruptedException {
        reach(left(), Goal.PRESENT);
        var probed = done(driver().probe(left()));
        assertThat(probed.received()).isZero();
        assertThat(probed.loss()).isEqualTo(1);
        assertThat(probed.mtu()).isEmpty();
    }

    @Test
    void aChangedIntentIsAnUpdateWithTheFieldsThatDiffer() throws InterruptedException {
        reach(left(), Goal.PRESENT);
        var changed = withMtu(left(), left().mtu() - 100);
        var steps = done(driver().observe(changed, Goal.PRESENT)).steps();
        assertThat(steps).isNotEmpty().allSatisfy(step -> {
            assertThat(step.action()).isEqualTo(Action.UPDATE);
            assertThat(step.changes())
                    .containsExactly(new Step.FieldChange(
                            "mtu", Integer.toString(left().mtu()), Integer.toString(changed.mtu())));
        });
        done(driver().apply(changed, steps, StepListener.NONE));
        assertThat(done(driver().observe(changed, Goal.PRESENT)).steps()).isEmpty();
    }

    protected final void reach(GatewayIntent intent, Goal goal) throws InterruptedException {
        var steps = done(driver().observe(intent, goal)).steps();
        done(driver().apply(intent, steps, StepListener.NONE));
        assertThat(done(driver().observe(intent, goal)).steps()).isEmpty();
    }

    protected static GatewayIntent withMtu(GatewayIntent intent, int mtu) {
        return new GatewayIntent(
                intent.gateway(),
                intent.connection(),
                intent.vlan(),
                intent.vni(),
                intent.remoteTunnelAddress(),
                mtu,
                intent.probeAddress(),
                intent.peerProbeAddress());
    }

    protected static <T> T done(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Done.class);
        return ((Done<T>) outcome).value();
    }
}
