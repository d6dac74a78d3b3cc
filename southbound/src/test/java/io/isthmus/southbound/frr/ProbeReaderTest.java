package io.isthmus.southbound.frr;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.southbound.GatewayDriver.Probed;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.frr.FrrDriver.ReadAnswer;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ProbeReaderTest {
    private static final Target TARGET = new Target(
            "gw-b",
            FrrManagement.parse(Map.of(
                    "host",
                    "192.0.2.7",
                    "username",
                    "isthmus",
                    "credential_id",
                    "gateways",
                    "host_key",
                    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDzDWCE2ObckG1TEOKHsnxgODxd5/R71jGu0GCmOAYHZ",
                    "bridge",
                    "br-interdc")));

    @Test
    void repliesGiveTheMedianAndTheMtu() {
        assertThat(probed("""
                        === part port
                        === ended 0
                        === part first
                        === ended 0
                        === part burst
                        PING 169.254.7.2 (169.254.7.2) 56(84) bytes of data.
                        64 bytes from 169.254.7.2: icmp_seq=1 ttl=64 time=0.285 ms
                        64 bytes from 169.254.7.2: icmp_seq=2 ttl=64 time=0.553 ms
                        64 bytes from 169.254.7.2: icmp_seq=4 ttl=64 time=11 ms

                        --- 169.254.7.2 ping statistics ---
                        4 packets transmitted, 3 received, 25% packet loss, time 186ms
                        rtt min/avg/max/mdev = 0.285/0.549/0.852/0.159 ms
                        === ended 0
                        === part mtu
                        1450
                        === ended 0
                        """)).isEqualTo(new Outcome.Done<>(new Probed(4, 3, 0.553, OptionalInt.of(1450))));
    }

    @Test
    void noReplyIsAnAnswer() {
        assertThat(probed("""
                        === part port
                        === ended 0
                        === part burst
                        PING 169.254.7.2 (169.254.7.2) 56(84) bytes of data.
                        From 169.254.7.1 icmp_seq=1 Destination Host Unreachable

                        --- 169.254.7.2 ping statistics ---
                        10 packets transmitted, 0 received, +10 errors, 100% packet loss, time 150ms
                        === ended 1
                        === part mtu
                        === ended 0
                        """)).isEqualTo(new Outcome.Done<>(new Probed(10, 0, 0, OptionalInt.empty())));
    }

    @Test
    void withoutAProbePortItSaysSo() {
        assertThat(code(probed("=== part port\n=== ended 1\n"))).isEqualTo("probe_port_missing");
    }

    @Test
    void anAnswerThatEndsEarlyIsNotRead() {
        assertThat(code(probed("=== part port\n=== ended 0\n=== part burst\n"))).isEqualTo("gateway_answer_unreadable");
    }

    private static Outcome<Probed> probed(String output) {
        return ProbeReader.probed(TARGET, new ReadAnswer(Parts.of(output), 0, ""));
    }

    private static String code(Outcome<Probed> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<Probed>) outcome).failure().code();
    }
}
