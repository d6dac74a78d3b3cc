package io.isthmus.southbound.frr;

import io.isthmus.core.diagnosis.GatewayReading;
import io.isthmus.core.diagnosis.GatewayReading.Reach;
import io.isthmus.core.diagnosis.PartsReading;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.site.Gateway;
import io.isthmus.southbound.GatewayExaminer;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.frr.FrrDriver.ReadAnswer;
import io.isthmus.southbound.frr.GatewayShell.Answer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** Looks at gateways with FRR. Scripts only read; what they print is taken apart by {@link ExaminationReader}. */
final class FrrExaminer implements GatewayExaminer {
    private static final Duration LIMIT = Duration.ofSeconds(18);

    private final GatewayShell shell;
    private final FrrLimits limits;
    private final InstantSource clock;

    FrrExaminer(GatewayShell shell, FrrLimits limits, InstantSource clock) {
        this.shell = shell;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Outcome<GatewayReading> examine(Gateway gateway) throws InterruptedException {
        var target = Target.of(gateway);
        // A session that stands says nothing of whether the gateway would let a new one in.
        switch (shell.knock(target)) {
            case Answer.Refused(var failure) -> {
                return new Outcome.Refused<>(failure);
            }
            case Answer.Unreachable(var failure) -> {
                return new Outcome.Unreachable<>(failure);
            }
            case Answer.Silent(var reason) -> {
                return new Outcome.Unreachable<>(Failures.noAnswer(target, reason));
            }
            case Answer.Ended _ -> {}
        }
        var asked = clock.instant();
        return read(
                target,
                Examinations.gateway(gateway, target.management()),
                LIMIT,
                answer -> ExaminationReader.gateway(target, answer, asked));
    }

    @Override
    public Outcome<PartsReading> examine(GatewayIntent intent) throws InterruptedException {
        var target = Target.of(intent.gateway());
        return read(
                target,
                Script.observe(intent, target.management(), limits.execution()),
                limits.execution(),
                answer -> ExaminationReader.parts(target, answer, intent));
    }

    @Override
    public Outcome<List<Reach>> reach(Gateway gateway, List<Destination> destinations) throws InterruptedException {
        var target = Target.of(gateway);
        return read(
                target,
                Examinations.reach(gateway, target.management(), destinations),
                LIMIT,
                answer -> ExaminationReader.reaches(target, answer, destinations));
    }

    @Override
    public Outcome<Counters> counters(GatewayIntent intent) throws InterruptedException {
        var target = Target.of(intent.gateway());
        return read(
                target,
                Examinations.counters(intent, target.management()),
                limits.execution(),
                answer -> ExaminationReader.counters(target, answer));
    }

    @Override
    public Outcome<Burst> burst(GatewayIntent intent, int count, Duration interval) throws InterruptedException {
        var target = Target.of(intent.gateway());
        var limit = interval.multipliedBy(count).plusSeconds(5);
        return read(
                target,
                Examinations.burst(intent, target.management(), count, interval, limit),
                limit,
                answer -> ExaminationReader.burst(target, answer));
    }

    @Override
    public Outcome<Throughput> send(GatewayIntent intent, Duration time, int mbps) throws InterruptedException {
        var target = Target.of(intent.gateway());
        return read(
                target,
                Examinations.send(intent, target.management(), time, mbps),
                time.plusSeconds(16),
                answer -> ExaminationReader.throughput(target, answer));
    }

    @Override
    public Outcome<Boolean> receive(GatewayIntent intent, Duration time) throws InterruptedException {
        var target = Target.of(intent.gateway());
        return read(
                target,
                Examinations.receive(intent, target.management(), time),
                time.plusSeconds(14),
                answer -> ExaminationReader.received(target, answer));
    }

    private <T> Outcome<T> read(Target target, String script, Duration limit, Function<ReadAnswer, Outcome<T>> reader)
            throws InterruptedException {
        return switch (shell.run(target, script, limit, line -> {})) {
            case Answer.Refused(var failure) -> new Outcome.Refused<>(failure);
            case Answer.Unreachable(var failure) -> new Outcome.Unreachable<>(failure);
            case Answer.Silent(var reason) -> new Outcome.Unreachable<>(Failures.noAnswer(target, reason));
            case Answer.Ended(var status, var output, var errors) ->
                Failures.timedOut(status, "")
                        ? new Outcome.Unreachable<>(Failures.noAnswer(target, "its tools did not end in time"))
                        : reader.apply(new ReadAnswer(Parts.of(output), status, errors));
        };
    }
}
