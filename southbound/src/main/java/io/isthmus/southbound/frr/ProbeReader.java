package io.isthmus.southbound.frr;

import io.isthmus.southbound.GatewayDriver.Probed;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.frr.FrrDriver.ReadAnswer;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads what {@code ping} of iputils printed. */
final class ProbeReader {
    private static final Pattern COUNTS = Pattern.compile("(\\d+) packets transmitted, (\\d+) received");
    private static final Pattern REPLY = Pattern.compile("icmp_seq=\\d+ .*time=([0-9.]+) ms");
    private static final Pattern NUMBER = Pattern.compile("\\s*(\\d{2,5})\\s*");

    private ProbeReader() {}

    static Outcome<Probed> probed(Target target, ReadAnswer answer) {
        var port = answer.parts().find("port");
        var burst = answer.parts().find("burst");
        var mtu = answer.parts().find("mtu");
        if (port.isPresent() && port.get().status() != 0) {
            return new Outcome.Refused<>(Failures.probePortMissing(target));
        }
        if (port.isEmpty() || burst.isEmpty() || mtu.isEmpty()) {
            return new Outcome.Refused<>(Failures.unreadable(target, "probe"));
        }
        var counts = COUNTS.matcher(burst.get().text());
        if (!counts.find()) {
            return new Outcome.Refused<>(
                    Failures.refused(target, "send probes", burst.get().status(), answer.errors()));
        }
        var received = Integer.parseInt(counts.group(2));
        var size = NUMBER.matcher(mtu.get().text());
        return new Outcome.Done<>(new Probed(
                Integer.parseInt(counts.group(1)),
                received,
                medianRtt(burst.get().text()),
                received > 0 && size.matches()
                        ? OptionalInt.of(Integer.parseInt(size.group(1)))
                        : OptionalInt.empty()));
    }

    private static double medianRtt(String text) {
        var sorted = REPLY.matcher(text)
                .results()
                .mapToDouble(reply -> Double.parseDouble(reply.group(1)))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return 0;
        }
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
