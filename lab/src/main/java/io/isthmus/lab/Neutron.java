package io.isthmus.lab;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One site's Neutron, called directly as its admin: what Nova would do for a VNF, and what a test wants to see. */
final class Neutron {
    private final String url;
    private final String token;

    Neutron(LabDescription lab, String site) {
        this.url = lab.site(site).neutronUrl() + "/v2.0";
        this.token = token(lab.keystoneOf(site));
    }

    /** A token of the administrator there. */
    static String token(LabDescription.Keystone keystone) {
        var admin = keystone.admin();
        var identity = Map.of(
                "methods",
                new String[] {"password"},
                "password",
                Map.of(
                        "user",
                        Map.of(
                                "name",
                                admin.username(),
                                "password",
                                admin.password(),
                                "domain",
                                Map.of("name", admin.userDomainName()))));
        var scope = Map.of(
                "project", Map.of("name", admin.projectName(), "domain", Map.of("name", admin.projectDomainName())));
        return Http.send(
                        "POST",
                        URI.create(keystone.authUrl() + "/auth/tokens"),
                        Map.of(),
                        Map.of("auth", Map.of("identity", identity, "scope", scope)))
                .expect(201)
                .raw()
                .headers()
                .firstValue("X-Subject-Token")
                .orElseThrow();
    }

    Http.Reply call(String method, String path, @Nullable Object body) {
        return Http.send(method, URI.create(url + path), Map.of("X-Auth-Token", token), body);
    }

    /** A port such as Nova makes for a server; with {@code address} empty Neutron assigns one. */
    JsonNode createPort(String networkId, String host, String name, String address) {
        var port = new HashMap<String, Object>(Map.of(
                "network_id",
                networkId,
                "name",
                name,
                "binding:host_id",
                host,
                "device_owner",
                "compute:nova",
                "device_id",
                name));
        if (!address.isEmpty()) {
            port.put("fixed_ips", new Object[] {Map.of("ip_address", address)});
        }
        return call("POST", "/ports", Map.of("port", port)).expect(201).body().get("port");
    }

    void deletePort(String id) {
        call("DELETE", "/ports/" + id, null).expect(204);
    }

    String portStatus(String id) {
        return call("GET", "/ports/" + id, null)
                .expect(200)
                .body()
                .at("/port/status")
                .asString();
    }

    JsonNode network(String id) {
        return call("GET", "/networks/" + id, null).expect(200).body().get("network");
    }

    java.util.Set<String> networkIds() {
        var ids = new TreeSet<String>();
        call("GET", "/networks?fields=id", null)
                .expect(200)
                .body()
                .get("networks")
                .forEach(network -> ids.add(network.get("id").asString()));
        return ids;
    }
}
