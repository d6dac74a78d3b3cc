package io.isthmus.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code lab up} wrote down of itself.
 *
 * @param keystone the one that most sites share, and that knows Isthmus's own users: the first of {@code keystones}
 */
public record LabDescription(
        String stateDir,
        String labCommand,
        Keystone keystone,
        List<Keystone> keystones,
        List<LabSite> sites,
        List<LabLink> links) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** @param demo a member of the project demo; {@code reader} may only look there */
    public record Keystone(String name, String authUrl, User admin, User isthmus, User demo, User reader) {}

    public record User(
            String username, String password, String projectName, String userDomainName, String projectDomainName) {}

    /**
     * A site.
     *
     * @param kind cell, region or instance
     * @param keystone the name of the Keystone that has its Neutron in the catalogue
     * @param cell only where the kind is cell
     */
    public record LabSite(
            String id,
            String name,
            String kind,
            String keystone,
            String regionName,
            Optional<String> cell,
            String neutronUrl,
            String computeHost,
            String physicalNetwork,
            String vlanRange,
            Map<String, Object> location,
            LabGateway gateway) {}

    public record LabGateway(
            String name,
            String driver,
            String host,
            int port,
            String username,
            String privateKeyFile,
            String hostKey,
            String vtySocket,
            String tunnelAddress,
            long asn,
            String ovsdb,
            String bridge,
            String dcNetns,
            String gatewayNetns) {}

    public record LabLink(String aSite, String zSite, double latencyMs, int mtu, int capacityMbps) {}

    public LabSite site(String id) {
        return sites.stream().filter(site -> site.id().equals(id)).findFirst().orElseThrow();
    }

    /** The Keystone of a site. */
    public Keystone keystoneOf(String siteId) {
        var name = site(siteId).keystone();
        return keystones.stream()
                .filter(keystone -> keystone.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public static Path directory() {
        return Path.of(Optional.ofNullable(System.getenv("ISTHMUS_LAB_DIR")).orElse("/var/tmp/isthmus-lab"));
    }

    public static LabDescription read() {
        var file = directory().resolve("lab.json");
        if (!Files.exists(file)) {
            throw new IllegalStateException("the lab is not up: run ./dev lab up");
        }
        var tree = MAPPER.readTree(file.toFile());
        if (!tree.has("keystones")) {
            throw new IllegalStateException("the lab was brought up by an older version: lab down, then lab up");
        }
        return MAPPER.treeToValue(tree, LabDescription.class);
    }
}
