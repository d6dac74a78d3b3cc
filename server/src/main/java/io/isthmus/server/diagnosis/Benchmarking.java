package io.isthmus.server.diagnosis;

import io.isthmus.core.side.GatewayIntent;
import io.isthmus.server.api.DiagnosisPort.Benchmark;
import io.isthmus.server.api.DiagnosisPort.Benchmark.Direction;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.GatewayExaminer;
import io.isthmus.southbound.GatewayExaminer.Burst;
import io.isthmus.southbound.GatewayExaminer.Throughput;
import io.isthmus.southbound.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Measures a connection between its probe ports: round trips first, then how much passes, one direction after the other. */
final class Benchmarking {
    private static final int PROBES = 100;
    private static final Duration BETWEEN = Duration.ofMillis(20);

    private final Examiners examiners;

    Benchmarking(Examiners examiners) {
        this.examiners = examiners;
    }

    Benchmark run(GatewayIntent local, GatewayIntent remote, Duration time, int mbps) throws InterruptedException {
        var there = direction(local, remote, time, mbps);
        return new Benchmark(there, direction(remote, local, time, mbps));
    }

    private Direction direction(GatewayIntent from, GatewayIntent to, Duration time, int mbps)
            throws InterruptedException {
        var sender = examiners.of(from.gateway());
        var receiver = examiners.of(to.gateway());
        if (sender.isEmpty() || receiver.isEmpty()) {
            return new Direction(0, List.of(), Optional.empty(), Optional.of("the gateway cannot be measured"));
        }
        var burst = sender.get().burst(from, PROBES, BETWEEN);
        if (!(burst instanceof Outcome.Done<Burst>(var round))) {
            return new Direction(0, List.of(), Optional.empty(), Optional.of(words(burst)));
        }
        if (round.received() == 0) {
            return new Direction(
                    round.sent(), List.of(), Optional.empty(), Optional.of("no probe had a reply: run a diagnosis"));
        }
        var carried = carried(sender.get(), from, receiver.get(), to, time, mbps);
        return carried instanceof Outcome.Done<Throughput>(var throughput)
                ? new Direction(
                        round.sent(),
                        round.rttMs(),
                        Optional.of(new Benchmark.Throughput(throughput.mbps(), throughput.retransmits())),
                        Optional.empty())
                : new Direction(round.sent(), round.rttMs(), Optional.empty(), Optional.of(words(carried)));
    }

    private static Outcome<Throughput> carried(
            GatewayExaminer sender,
            GatewayIntent from,
            GatewayExaminer receiver,
            GatewayIntent to,
            Duration time,
            int mbps)
            throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var listening = threads.submit(() -> receiver.receive(to, time));
            try {
                return sender.send(from, time, mbps);
            } finally {
                // It ends by itself on the gateway, soon after its one sender.
                listening.cancel(true);
            }
        }
    }

    private static String words(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?>(var value) -> throw new IllegalStateException("not a failure: " + value);
            case Outcome.Refused<?>(var failure) -> words(failure);
            case Outcome.Unreachable<?>(var failure) -> words(failure);
            case Outcome.Unknown<?>(var failure) -> words(failure);
        };
    }

    private static String words(Failure failure) {
        return failure.code() + ": " + failure.detail() + ". " + failure.hint();
    }
}
