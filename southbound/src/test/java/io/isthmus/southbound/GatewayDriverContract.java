package io.isthmus.southbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.l3.Translation;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.Goal;
import io.isthmus.core.side.Translator;
import io.isthmus.southbound.Outcome.Done;
import io.isthmus.southbound.Step.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        assertThat(driver().fromNothing(left())).as("known without a look").isEqualTo(steps);
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

    @Test
    void aTranslatorIsMadeReadBackRepairedAndRemoved() throws InterruptedException {
        var before = done(driver().observe(translating(left()), Goal.PRESENT)).steps();
        assertThat(before).extracting(Step::object).contains("translator");
        reach(translating(left()), Goal.PRESENT);

        var other = translating(left(), new Cidr("100.64.9.0/24"));
        var steps = done(driver().observe(other, Goal.PRESENT)).steps();
        assertThat(steps).singleElement().satisfies(step -> {
            assertThat(step.name()).isEqualTo("update translator");
            assertThat(step.changes())
                    .containsExactly(new Step.FieldChange(
                            "translations",
                            "10.0.0.0/24 as 100.64.1.0/24, 100.64.1.0/24 to 10.0.0.0/24",
                            "10.0.0.0/24 as 100.64.9.0/24, 100.64.9.0/24 to 10.0.0.0/24"));
        });
        reach(other, Goal.PRESENT);

        reach(other, Goal.ABSENT);
    }

    private static GatewayIntent translating(GatewayIntent intent) {
        return translating(intent, new Cidr("100.64.1.0/24"));
    }

    private static GatewayIntent translating(GatewayIntent intent, Cidr translated) {
        var own = new Cidr("10.0.0.0/24");
        return new GatewayIntent(
                intent.gateway(),
                intent.connection(),
                intent.vlan(),
                intent.vni(),
                intent.remoteTunnelAddress(),
                intent.mtu(),
                new IpAddress("100.126.0.5"),
                new IpAddress("100.126.0.2"),
                intent.tunnel(),
                29,
                Optional.of(new Translator(
                        new IpAddress("100.126.0.3"),
                        29,
                        new IpAddress("100.126.0.1"),
                        new IpAddress("100.126.0.4"),
                        List.of(own),
                        List.of(new Cidr("100.64.2.0/24")),
                        List.of(new Translation(own, translated)))));
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
