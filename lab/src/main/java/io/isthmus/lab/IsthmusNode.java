package io.isthmus.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A node of Isthmus as users run it: a process of its own, with the lab's credentials, reached by REST. */
public final class IsthmusNode implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final LabDescription lab;
    private final Path directory;
    private final int port;
    private final List<String> options;
    private @Nullable Process process;

    private IsthmusNode(LabDescription lab, Path directory, int port, List<String> options) {
        this.lab = lab;
        this.directory = directory;
        this.port = port;
        this.options = options;
    }

    /** Starts a node with an empty store in {@code directory}, and waits until it is ready. */
    public static IsthmusNode start(LabDescription lab, Path directory, String... options) {
        var node = new IsthmusNode(lab, directory, freePort(), List.of(options));
        node.writeCredentials();
        node.start();
        return node;
    }

    public void start() {
        var words = new ArrayList<>(List.of(
                launcher().toString(),
                "server",
                "--port",
                "" + port,
                "--data",
                directory.resolve("data").toString(),
                "--credentials",
                credentialsFile().toString()));
        if (!options.contains("--auth")) {
            words.addAll(List.of("--auth", "none"));
        }
        words.addAll(options);
        try {
            Files.createDirectories(directory);
            process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("node.log").toFile()))
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        org.awaitility.Awaitility.await("the node is ready; its log is " + directory.resolve("node.log"))
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> call("GET", "/ready", null).status() == 200);
    }

    /** Ends the process at once, as a power cut would. */
    public void kill() {
        var running = process;
        if (running != null) {
            // The launcher replaces itself by the JVM, so its pid is the node's.
            running.destroyForcibly();
            await(running);
            process = null;
        }
    }

    private static void await(Process running) {
        try {
            if (!running.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the node does not end");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        var running = process;
        if (running != null) {
            running.destroy();
            await(running);
            process = null;
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Path log() {
        return directory.resolve("node.log");
    }

    Http.Reply call(String method, String path, @Nullable Object body) {
        return call(method, path, body, Map.of());
    }

    Http.Reply call(String method, String path, @Nullable Object body, Map<String, String> headers) {
        return Http.send(method, URI.create(url() + path), headers, body);
    }

    /** Tells the node of the example's four sites and four links. */
    public void registerExample() {
        registerExample(Map.of());
    }

    /** The same, with headers such as a token. */
    void registerExample(Map<String, String> headers) {
        lab.sites()
                .forEach(site -> call("POST", "/v1/sites", siteDocument(site, Map.of()), headers)
                        .expect(201));
        lab.links()
                .forEach(link -> call(
                                "POST",
                                "/v1/links",
                                Map.of(
                                        "name", link.aSite() + "-" + link.zSite(),
                                        "a_site", link.aSite(),
                                        "z_site", link.zSite(),
                                        "latency_ms", link.latencyMs(),
                                        "capacity_mbps", link.capacityMbps(),
                                        "mtu", link.mtu()),
                                headers)
                        .expect(201));
    }

    /** The document of a site, with some keys of its gateway's management changed. */
    Map<String, Object> siteDocument(LabDescription.LabSite site, Map<String, String> management) {
        var gateway = site.gateway();
        var managed = new HashMap<>(Map.of(
                "host", gateway.host(),
                "port", "" + gateway.port(),
                "username", gateway.username(),
                "credential_id", "gateway",
                "host_key", gateway.hostKey(),
                "vty_socket", gateway.vtySocket(),
                "ovsdb", gateway.ovsdb(),
                "bridge", gateway.bridge(),
                "dc_netns", gateway.dcNetns()));
        managed.putAll(management);
        return Map.of(
                "id", site.id(),
                "name", site.name(),
                "location", site.location(),
                "cloud",
                        Map.of(
                                "kind", "region",
                                "auth_url", lab.keystone().authUrl(),
                                "region_name", site.regionName(),
                                "physical_network", site.physicalNetwork(),
                                "vlan_range", site.vlanRange(),
                                "credential_id", "openstack"),
                "gateways",
                        List.of(Map.of(
                                "name", gateway.name(),
                                "driver", gateway.driver(),
                                "management", managed,
                                "tunnel_address", gateway.tunnelAddress(),
                                "asn", gateway.asn(),
                                "max_mtu", 1500,
                                "capacity_mbps", 1000)));
    }

    /** Asks for a stretched network between two sites. */
    JsonNode connect(String local, String remote, String cidr, Map<String, Object> more) {
        var body = new HashMap<>(stretched(local, remote, cidr));
        body.putAll(more);
        return call("POST", "/v1/connections", body).expect(202).body();
    }

    static Map<String, Object> stretched(String local, String remote, String cidr) {
        return Map.of(
                "name",
                local + "-" + remote,
                "service",
                "l2",
                "local_endpoint",
                endpoint(local, cidr),
                "remote_endpoint",
                endpoint(remote, cidr));
    }

    private static Map<String, Object> endpoint(String site, String cidr) {
        return Map.of("site", site, "network", Map.of("create", Map.of("cidr", cidr)));
    }

    JsonNode connection(String id) {
        return call("GET", "/v1/connections/" + id, null).expect(200).body();
    }

    /** Waits until the connection is there or has failed. */
    JsonNode waitFor(String id, String status) {
        return call("GET", "/v1/connections/" + id + "?wait=" + status + "&timeout_s=80", null)
                .expect(200)
                .body();
    }

    void deleteAndWait(String id) {
        call("DELETE", "/v1/connections/" + id, null).expect(202);
        org.awaitility.Awaitility.await("connection " + id + " is gone")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> call("GET", "/v1/connections/" + id, null).status() == 404);
    }

    private Path credentialsFile() {
        return directory.resolve("credentials.yaml");
    }

    private void writeCredentials() {
        var user = lab.keystone().isthmus();
        var key = lab.sites().getFirst().gateway().privateKeyFile();
        var text = """
                openstack:
                  type: keystone_password
                  username: %s
                  password: %s
                  project_name: %s
                  user_domain_name: %s
                  project_domain_name: %s
                gateway:
                  type: ssh_key
                  private_key_file: %s
                """.formatted(
                        user.username(),
                        user.password(),
                        user.projectName(),
                        user.userDomainName(),
                        user.projectDomainName(),
                        key);
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(credentialsFile());
            Files.createFile(
                    credentialsFile(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(credentialsFile(), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The packaged product, beside the sources: {@code target/isthmus}. */
    static Path launcher() {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            var launcher = at.resolve("target/isthmus/bin/isthmus");
            if (Files.isExecutable(launcher)) {
                return launcher;
            }
        }
        throw new IllegalStateException("target/isthmus is not there: run ./dev build");
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
