package io.isthmus.southbound.frr;

import io.isthmus.southbound.Failure;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What can go wrong with a gateway, in words for an operator. */
final class Failures {
    static final int NAME_TAKEN = 76;
    private static final int TIMED_OUT = 124;
    private static final int KILLED = 137;
    private static final int NOT_FOUND = 127;
    private static final Pattern FRR_DOWN =
            Pattern.compile("failed to connect to any daemons|is not running|failed to connect to \\w+ daemon");
    /** What ip adds below the reason for which a batch failed. */
    private static final String IP_BATCH_END = "Command failed -:";

    private static final int SHOWN = 300;

    private Failures() {}

    static Failure unreachable(Target target, String why) {
        return new Failure(
                "gateway_unreachable",
                target + " cannot be reached: " + why,
                "Check that the gateway runs, that its SSH server listens there, and the way to it.");
    }

    static Failure busy(Target target) {
        return new Failure(
                "gateway_busy",
                target + " took no further command in time",
                "It is retried by itself; if it lasts, look at the gateway's load and its sshd's MaxSessions.");
    }

    static Failure noAnswer(Target target, String why) {
        return new Failure(
                "gateway_no_answer",
                target + " did not answer: " + why,
                "It is observed again by itself; if it lasts, look at the gateway's load and its daemons.");
    }

    static Failure hostKeyMismatch(Target target, String shown) {
        return new Failure(
                "host_key_mismatch",
                target + " does not have the host key that its site names; it showed " + shown,
                "If the gateway was set up anew, change management.host_key of the site; if not, something else"
                        + " answers at that address.");
    }

    static Failure keyRefused(Target target) {
        var management = target.management();
        return new Failure(
                "ssh_key_refused",
                target + " does not let user " + management.username() + " in with the key of credential "
                        + management.credentialId(),
                "Add that key's public part to the authorized_keys of " + management.username()
                        + " on the gateway, or change management.credential_id of the site.");
    }

    static Failure credentialUnknown(Target target) {
        return new Failure(
                "credential_unknown",
                "this node holds no SSH key called " + target.management().credentialId() + " for " + target,
                "Add it to this node's credentials, or change management.credential_id of the site.");
    }

    static Failure credentialUnreadable(Target target) {
        return new Failure(
                "credential_unreadable",
                "the SSH key of credential " + target.management().credentialId() + " for " + target
                        + " cannot be read",
                "It must be a private key in OpenSSH's or PEM form; if it has a passphrase, that must be right.");
    }

    static Failure nameTaken(Target target, String what) {
        return new Failure(
                "gateway_name_taken",
                "on " + target + " somebody else has " + what,
                "Nothing was changed. Remove or rename it, or let Isthmus use other VNIs.");
    }

    static Failure bgpMissing(Target target) {
        return new Failure(
                "bgp_not_configured",
                "FRR on " + target + " has no BGP instance with EVPN",
                "Load the gateway's standing configuration: its BGP instance, the EVPN sessions with the other gateways"
                        + " and advertise-all-vni.");
    }

    static Failure asnMismatch(Target target, long observed, long wanted) {
        return new Failure(
                "asn_mismatch",
                "FRR on " + target + " is AS " + observed + ", but its site says " + wanted,
                "Change asn of the site's gateway or the gateway's configuration.");
    }

    static Failure probePortMissing(Target target) {
        return new Failure(
                "probe_port_missing",
                target + " has no probe port for this connection",
                "It is made when the connection is applied; reconcile it.");
    }

    static Failure unreadable(Target target, String what) {
        return new Failure(
                "gateway_answer_unreadable",
                "the answer of " + target + " about its " + what + " is incomplete or in an unknown form",
                "Compare the versions of its tools with those that the driver's page names.");
    }

    /** Whether a tool was ended because it did not answer. */
    static boolean timedOut(int status, String errors) {
        return status == TIMED_OUT || status == KILLED || errors.contains("Alarm clock");
    }

    /** What the exit status and error text of a tool mean, in general. */
    static Failure refused(Target target, String what, int status, String said) {
        return known(target, status, said)
                .orElseGet(() -> new Failure(
                        "gateway_refused",
                        target + " could not " + what + ": " + lastLine(said, "exit status " + status),
                        "Try the same by hand on the gateway; its own words are above."));
    }

    /** The failures that have a name of their own, found by the line that tells of them. */
    static Optional<Failure> known(Target target, int status, String said) {
        if (status == NAME_TAKEN) {
            return Optional.of(nameTaken(target, lastLine(said, "one of the names")));
        }
        var known = said.lines().flatMap(line -> known(target, line.strip()).stream());
        return known.findFirst()
                .or(() -> status == NOT_FOUND ? Optional.of(toolMissing(target, said)) : Optional.empty());
    }

    private static Optional<Failure> known(Target target, String line) {
        if (line.endsWith(": not found") || line.contains("failed to run command")) {
            return Optional.of(toolMissing(target, line));
        }
        if (FRR_DOWN.matcher(line).find()) {
            return Optional.of(new Failure(
                    "frr_not_running",
                    "FRR on " + target + " does not run: " + line,
                    "Start FRR (zebra and bgpd); if it runs, check management.vty_socket of the site."));
        }
        if (line.contains("database connection failed")) {
            return Optional.of(new Failure(
                    "ovs_not_running",
                    "Open vSwitch on " + target + " does not answer: " + line,
                    "Start Open vSwitch; if it runs, check management.ovsdb of the site."));
        }
        if (line.contains("in table Bridge") || line.contains("no bridge named")) {
            return Optional.of(new Failure(
                    "gateway_bridge_missing",
                    "Open vSwitch on " + target + " has no bridge "
                            + target.management().bridge(),
                    "Make the bridge of the site's physical network, or change management.bridge of the site."));
        }
        if (line.contains("Cannot open network namespace")) {
            return Optional.of(new Failure(
                    "gateway_netns_missing",
                    target + " lacks a network namespace: " + line,
                    "Check management.dc_netns of the site."));
        }
        var lower = line.toLowerCase(Locale.ROOT);
        if (lower.contains("permission denied") || lower.contains("operation not permitted")) {
            return Optional.of(new Failure(
                    "gateway_permission_denied",
                    "user " + target.management().username() + " lacks rights on " + target + ": " + line,
                    "The user must be root, or have its rights on networks, FRR and Open vSwitch."));
        }
        return Optional.empty();
    }

    private static Failure toolMissing(Target target, String said) {
        return new Failure(
                "gateway_tool_missing",
                target + " lacks a tool: " + lastLine(said, "not found"),
                "Install FRR, Open vSwitch, iproute2, ethtool, iputils-ping, util-linux and coreutils there.");
    }

    static String lastLine(String text, String otherwise) {
        var last = text.strip()
                .lines()
                .filter(line -> !line.startsWith(IP_BATCH_END))
                .reduce("", (before, line) -> line)
                .strip();
        if (last.isEmpty()) {
            return otherwise;
        }
        return last.length() <= SHOWN ? last : last.substring(0, SHOWN) + "…";
    }
}
