package io.isthmus.southbound.frr;

import io.isthmus.core.network.IpAddress;
import io.isthmus.core.site.Gateway;
import io.isthmus.southbound.Credential;
import io.isthmus.southbound.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateways of the lab that runs on this machine, as its {@code lab.json} describes them. */
final class LabGateways {
    static final String CREDENTIAL = "lab";
    private final Map<String, JsonNode> gateways = new HashMap<>();

    LabGateways() {
        var directory = Optional.ofNullable(System.getenv("ISTHMUS_LAB_DIR")).orElse("/var/tmp/isthmus-lab");
        for (var site : JsonMapper.shared()
                .readTree(Path.of(directory, "lab.json").toFile())
                .path("sites")) {
            gateways.put(site.path("id").asString(), site.path("gateway"));
        }
    }

    Gateway gateway(String site) {
        var lab = lab(site);
        var management = new HashMap<String, String>();
        for (var field : new String[] {"host", "username", "host_key", "vty_socket", "ovsdb", "bridge", "dc_netns"}) {
            management.put(field, lab.path(field).asString());
        }
        management.put("port", Integer.toString(lab.path("port").asInt()));
        management.put("credential_id", CREDENTIAL);
        return new Gateway(
                lab.path("name").asString(),
                "frr",
                management,
                new IpAddress(lab.path("tunnel_address").asString()),
                lab.path("asn").asLong(),
                1500,
                1000);
    }

    private JsonNode lab(String site) {
        var lab = gateways.get(site);
        if (lab == null) {
            throw new IllegalStateException("the lab has no site " + site + ", only " + gateways.keySet());
        }
        return lab;
    }

    Credentials credentials() {
        var file = Path.of(
                gateways.values().iterator().next().path("private_key_file").asString());
        return id -> {
            try {
                return Optional.of(new Credential.SshKey(Files.readString(file), Optional.empty()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
