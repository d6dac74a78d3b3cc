package io.isthmus.southbound.frr;

import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/**
 * How to reach a gateway and what is where on it. No value can end a word of a shell command.
 *
 * @param hostKey its public key as in a known_hosts file, without the host: {@code ssh-ed25519 AAAA…}
 * @param vtySocket the directory of FRR's sockets, if not the usual one
 * @param ovsdb where Open vSwitch's database listens, if not at the usual place: {@code unix:/…/db.sock}
 * @param bridge the Open vSwitch bridge of the site's physical network
 * @param dcNetns the network namespace in which that bridge is, if not the gateway's own
 */
public record FrrManagement(
        String host,
        int port,
        String username,
        String credentialId,
        String hostKey,
        Optional<String> vtySocket,
        Optional<String> ovsdb,
        String bridge,
        Optional<String> dcNetns) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9.:-]{0,252}");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");
    private static final Pattern CREDENTIAL_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern HOST_KEY =
            Pattern.compile("(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]{20,2000}={0,3}");
    private static final Pattern DIRECTORY = Pattern.compile("(/[A-Za-z0-9_][A-Za-z0-9._-]{0,63}){1,16}");
    private static final Pattern OVSDB = Pattern.compile("unix:" + DIRECTORY.pattern());
    private static final Pattern BRIDGE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}");
    private static final Pattern NETNS = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");
    private static final Set<String> FIELDS = Set.of(
            "host", "port", "username", "credential_id", "host_key", "vty_socket", "ovsdb", "bridge", "dc_netns");

    public FrrManagement {
        check("host", HOST, host);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("management.port must be within 1 to 65535: " + port);
        }
        check("username", USERNAME, username);
        check("credential_id", CREDENTIAL_ID, credentialId);
        check("host_key", HOST_KEY, hostKey);
        decode(hostKey);
        vtySocket.ifPresent(value -> check("vty_socket", DIRECTORY, value));
        ovsdb.ifPresent(value -> check("ovsdb", OVSDB, value));
        check("bridge", BRIDGE, bridge);
        dcNetns.ifPresent(value -> check("dc_netns", NETNS, value));
    }

    /**
     * Reads a gateway's {@code management} object.
     *
     * @throws IllegalArgumentException if a field is missing, unknown or malformed; the message names it
     */
    public static FrrManagement parse(Map<String, String> management) {
        var unknown = new TreeSet<>(management.keySet());
        unknown.removeAll(FIELDS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "management." + unknown.first() + " is not known; known are " + new TreeSet<>(FIELDS));
        }
        var port = management.getOrDefault("port", "22");
        check("port", PORT, port);
        return new FrrManagement(
                required(management, "host"),
                Integer.parseInt(port),
                required(management, "username"),
                required(management, "credential_id"),
                required(management, "host_key"),
                Optional.ofNullable(management.get("vty_socket")),
                Optional.ofNullable(management.get("ovsdb")),
                required(management, "bridge"),
                Optional.ofNullable(management.get("dc_netns")));
    }

    /** Such as {@code 192.0.2.7:22}. */
    String address() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** Such as {@code ssh-ed25519}. */
    String hostKeyType() {
        return hostKey.substring(0, hostKey.indexOf(' '));
    }

    java.security.PublicKey hostPublicKey() {
        return decode(hostKey);
    }

    private static java.security.PublicKey decode(String hostKey) {
        try {
            return PublicKeyEntry.parsePublicKeyEntry(hostKey).resolvePublicKey(null, Map.of(), null);
        } catch (java.io.IOException | GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("management.host_key is not a public key: " + e.getMessage(), e);
        }
    }

    private static String required(Map<String, String> management, String field) {
        var value = management.get(field);
        if (value == null) {
            throw new IllegalArgumentException("management." + field + " is missing");
        }
        return value;
    }

    private static void check(String field, Pattern pattern, String value) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("management." + field + " must match " + pattern + ": " + shown(value));
        }
    }

    private static String shown(String value) {
        return value.length() <= 80 ? value : value.substring(0, 80) + "…";
    }
}
