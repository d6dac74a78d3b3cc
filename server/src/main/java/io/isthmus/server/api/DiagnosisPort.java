package io.isthmus.server.api;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.diagnosis.Diagnosis;
import io.isthmus.core.site.Site;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the API asks of those who examine. Each call takes its time, but a limited one. */
public interface DiagnosisPort {
    Diagnosis connection(ConnectionFacts facts) throws InterruptedException;

    Diagnosis site(Site site) throws InterruptedException;

    /** Sends data both ways, {@code time} each, no faster than {@code mbps}. */
    Benchmark benchmark(ConnectionFacts facts, Duration time, int mbps) throws InterruptedException;

    /** What a connection carried, measured between its probe ports. */
    record Benchmark(Direction localToRemote, Direction remoteToLocal) {

        /** What passed. */
        public record Throughput(double mbps, long retransmits) {}

        /**
         * One direction.
         *
         * @param rttMs the round trips of those probes that had a reply
         * @param failure why the throughput is not there, if it is not
         */
        public record Direction(
                int sent, List<Double> rttMs, Optional<Throughput> throughput, Optional<String> failure) {
            public Direction {
                rttMs = List.copyOf(rttMs);
            }
        }
    }

    /** Where nobody can examine. */
    DiagnosisPort NONE = new DiagnosisPort() {
        @Override
        public Diagnosis connection(ConnectionFacts facts) {
            return new Diagnosis(List.of(), List.of(), List.of());
        }

        @Override
        public Diagnosis site(Site site) {
            return new Diagnosis(List.of(), List.of(), List.of());
        }

        @Override
        public Benchmark benchmark(ConnectionFacts facts, Duration time, int mbps) {
            var nothing = new Benchmark.Direction(0, List.of(), Optional.empty(), Optional.of("nobody measures here"));
            return new Benchmark(nothing, nothing);
        }
    };
}
