package io.isthmus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isthmus.core.network.Cidr;
import io.isthmus.core.site.Gateway;
import io.isthmus.server.api.Authentication;
import io.isthmus.server.credential.CredentialsFile;
import io.isthmus.server.engine.EngineSettings;
import io.isthmus.server.keystone.KeystoneAuthentication;
import io.isthmus.server.keystone.KeystoneSettings;
import io.isthmus.server.metrics.Metrics;
import io.isthmus.southbound.Credential;
import io.isthmus.southbound.frr.FakeGateway;
import io.isthmus.southbound.frr.FakeUnderlay;
import io.isthmus.southbound.openstack.CloudOperator;
import io.isthmus.southbound.openstack.FakeKeystone;
import io.isthmus.southbound.openstack.FakeNeutron;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole node, as it is deployed, between a fake Keystone, two fake Neutrons and two fake gateways that are real HTTP and SSH
 * servers: the sites b and d of the worked example.
 */
public final class NodeWorld implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Credential.KeystonePassword SERVICE = new Credential.KeystonePassword(
            "validator", "planted-service-password-c0ffee", "Default", "service", "Default");

    /** What Isthmus logs in to the sites' Keystone with. */
    public static final String CLOUD_PASSWORD = "planted-cloud-password-7f3a91";

    private static final Credential.KeystonePassword CLOUD_USER =
            new Credential.KeystonePassword("isthmus", CLOUD_PASSWORD, "Default", "georedundancy", "Default");

    public static final String SERVICE_PASSWORD = SERVICE.password();

    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final FakeKeystone keystone = new FakeKeystone();
    private final FakeNeutron neutronB = new FakeNeutron(keystone, "interdc");
    private final FakeNeutron neutronD = new FakeNeutron(keystone, "interdc");
    private final FakeUnderlay underlay = new FakeUnderlay();
    private final FakeGateway gatewayB = new FakeGateway(underlay, "gw-b", "10.255.0.2", 65002);
    private final FakeGateway gatewayD = new FakeGateway(underlay, "gw-d", "10.255.0.4", 65004);
    private final Consumer<String> said;
    private final String token;
    private Node node;

    /** @param said hears everything that the node answers */
    public NodeWorld(Path folder, Consumer<String> said) {
        this.folder = folder;
        this.said = said;
        keystone.withUser(SERVICE, true)
                .withUser(CLOUD_USER, true)
                .withRegion("RegionB", neutronB.url())
                .withRegion("RegionD", neutronD.url());
        token = keystone.tokenOf("root", "p1", "admin", "member", "reader");
        node = open();
    }

    private Node open() {
        Authentication authentication = new KeystoneAuthentication(
                new KeystoneSettings(keystone.authUrl(), "validator", Duration.ofSeconds(10)),
                id -> Optional.of(SERVICE),
                InstantSource.system());
        return Node.start(
                new NodeSettings(
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        folder.resolve("data"),
                        EngineSettings.DEFAULT,
                        new Metrics(),
                        List.of(),
                        Optional.of(folder.resolve("key")),
                        true,
                        List.of(new Cidr("127.0.0.0/8")),
                        CallerLimits.DEFAULT),
                CredentialsFile.none(),
                authentication);
    }

    public void restart() {
        node.close();
        node = open();
    }

    public String token() {
        return token;
    }

    public FakeNeutron neutronD() {
        return neutronD;
    }

    /** Somebody who works in site d's cloud beside Isthmus. */
    CloudOperator operatorOfD() throws IOException, InterruptedException {
        return new CloudOperator(keystone.authUrl(), CLOUD_USER, neutronD.url());
    }

    /** The key that opens the gateways. */
    public static String privateKey() {
        return FakeGateway.credentials()
                .find(FakeGateway.CREDENTIAL)
                .map(each -> ((Credential.SshKey) each).privateKey())
                .orElseThrow();
    }

    /** Stores the credentials, the sites b and d, and the link between them. */
    public NodeWorld described() {
        send("POST", "/v1/credentials", """
                {"id": "clouds", "kind": "keystone_password", "username": "isthmus", "project_name": "georedundancy",
                 "password": "%s"}""".formatted(CLOUD_PASSWORD), 201);
        send(
                "POST",
                "/v1/credentials",
                JSON.createObjectNode()
                        .put("id", FakeGateway.CREDENTIAL)
                        .put("kind", "ssh_key")
                        .put("private_key", privateKey())
                        .toString(),
                201);
        send("POST", "/v1/sites", site("b", gatewayB.gateway()), 201);
        send("POST", "/v1/sites", site("d", gatewayD.gateway()), 201);
        send("POST", "/v1/links", """
                {"a_site": "b", "z_site": "d", "latency_ms": 5, "capacity_mbps": 1000, "mtu": 1500}""", 201);
        return this;
    }

    private String site(String id, Gateway gateway) {
        var site = JSON.createObjectNode().put("id", id);
        site.putObject("cloud")
                .put("kind", "region")
                .put("auth_url", keystone.authUrl().toString())
                .put("region_name", "Region" + id.toUpperCase(java.util.Locale.ROOT))
                .put("physical_network", "interdc")
                .put("vlan_range", "2000-2999")
                .put("credential_id", "clouds");
        var described = site.putArray("gateways")
                .addObject()
                .put("name", gateway.name())
                .put("driver", gateway.driver())
                .put("tunnel_address", gateway.tunnelAddress().toString())
                .put("asn", gateway.asn())
                .put("max_mtu", gateway.maxMtu())
                .put("capacity_mbps", gateway.capacityMbps());
        described.set("management", JSON.valueToTree(gateway.management()));
        return site.toString();
    }

    /** Asks for a connection of b and d; answers its id. */
    public String connect(String cidr, String... headers) {
        return send("POST", "/v1/connections", """
                {"local_endpoint": {"site": "b", "network": {"create": {"cidr": "%1$s"}}},
                 "remote_endpoint": {"site": "d", "network": {"create": {"cidr": "%1$s"}}},
                 "service": "l2"}""".formatted(cidr), 202, headers)
                .path("id")
                .asString();
    }

    public JsonNode waitFor(String connection, String status) {
        var found = send("GET", "/v1/connections/" + connection + "?wait=" + status + "&timeout_s=25", "", 200);
        assertThat(found.path("status").asString("")).as(found.toPrettyString()).isEqualTo(status);
        return found;
    }

    public void delete(String connection) {
        send("DELETE", "/v1/connections/" + connection, "", 202);
        await().atMost(LIMIT)
                .until(() -> send("GET", "/v1/connections/" + connection, "", 0).has("code"));
    }

    /** Sends a request as an administrator; a {@code status} of 0 is any. */
    public JsonNode send(String method, String path, String body, int status, String... headers) {
        var type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
                .timeout(LIMIT)
                .header("Content-Type", type)
                .header("X-Auth-Token", token)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var reply = http.send(request.build(), BodyHandlers.ofString());
            said.accept(reply.headers().map() + reply.body());
            assertThat(reply.statusCode())
                    .as(method + " " + path + ": " + reply.body())
                    .isIn(status, status == 0 ? reply.statusCode() : status);
            return reply.body().startsWith("{") ? JSON.readTree(reply.body()) : JSON.createObjectNode();
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        node.close();
        gatewayB.close();
        gatewayD.close();
        neutronB.close();
        neutronD.close();
        keystone.close();
        http.close();
    }
}
