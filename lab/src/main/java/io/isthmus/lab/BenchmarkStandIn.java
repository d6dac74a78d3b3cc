package io.isthmus.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * A machine on one VLAN of a site's physical network, there before the connection is. It knows its peer's MAC address, so that
 * what is measured is the network, not the wait until ARP asks again.
 */
final class BenchmarkStandIn implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Pattern REPLY = Pattern.compile("\\[(\\d+\\.\\d+)\\].*bytes from.*");

    private final LabDescription.LabSite site;
    private final String namespace;
    private final String device;
    private final String address;
    private final String mac;

    BenchmarkStandIn(LabDescription.LabSite site, int vlan, int number) {
        this.site = site;
        this.namespace = "ist-bench-" + site.id();
        this.device = "bench" + site.id();
        this.address = "198.18.0." + number;
        this.mac = "02:00:00:00:18:0" + number;
        sh("ip netns add " + namespace
                + " && ip link add " + device + " netns " + site.gateway().dcNetns()
                + " type veth peer name eth0 netns " + namespace
                + " && ip -n " + namespace + " link set eth0 address " + mac + " mtu 1450 up"
                + " && ip -n " + namespace + " addr add " + address + "/24 dev eth0"
                + " && ip netns exec " + namespace + " ethtool -K eth0 tx off >/dev/null"
                + " && ip -n " + site.gateway().dcNetns() + " link set " + device + " up"
                + " && ovs-vsctl --db=" + site.gateway().ovsdb() + " add-port "
                + site.gateway().bridge() + " " + device
                + " tag=" + vlan);
    }

    void know(BenchmarkStandIn peer) {
        sh("ip -n " + namespace + " neigh replace " + peer.address + " lladdr " + peer.mac + " dev eth0 nud permanent");
    }

    /** Pings every 10 ms from now on; answers when the first reply came. */
    Watch ping(BenchmarkStandIn peer) {
        try {
            var process = new ProcessBuilder(
                            List.of("ip", "netns", "exec", namespace, "ping", "-D", "-n", "-i", "0.01", peer.address))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var first = new CompletableFuture<Long>();
            Thread.ofVirtual().start(() -> firstReply(process.inputReader(StandardCharsets.UTF_8), first));
            return new Watch(process, first);
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    private static void firstReply(BufferedReader lines, CompletableFuture<Long> first) {
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var match = REPLY.matcher(line);
                if (match.matches()) {
                    first.complete(System.nanoTime());
                }
            }
        } catch (IOException ended) {
            first.completeExceptionally(ended);
        }
    }

    record Watch(Process process, CompletableFuture<Long> first) implements AutoCloseable {
        long nanosOfFirst() {
            try {
                return first.get(60, TimeUnit.SECONDS);
            } catch (TimeoutException never) {
                throw new IllegalStateException("no ping came back", never);
            } catch (java.util.concurrent.ExecutionException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    private static void sh(String script) {
        Command.run(LIMIT, "bash", "-c", script).orFail();
    }

    @Override
    public void close() {
        sh("ovs-vsctl --db=" + site.gateway().ovsdb() + " --if-exists del-port " + device + "; ip netns del "
                + namespace);
    }
}
