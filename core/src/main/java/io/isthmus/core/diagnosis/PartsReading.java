package io.isthmus.core.diagnosis;

import java.util.List;
import java.util.Optional;

/**
 * What a gateway has for one connection.
 *
 * @param deviations from what it should have
 * @param evpnSession the state of the EVPN session with the other side's gateway; empty if FRR did not say
 * @param remoteVteps the tunnel addresses of other gateways that it knows for the connection's VNI
 * @param failures of single tools, which leave the rest readable
 */
public record PartsReading(
        List<Deviation> deviations,
        Optional<String> evpnSession,
        List<String> remoteVteps,
        List<Reading.Failed<PartsReading>> failures) {
    public PartsReading {
        deviations = List.copyOf(deviations);
        remoteVteps = List.copyOf(remoteVteps);
        failures = List.copyOf(failures);
    }
}
