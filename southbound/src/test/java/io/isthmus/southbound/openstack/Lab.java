package io.isthmus.southbound.openstack;

import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.core.site.VlanRange;
import io.isthmus.southbound.Credential;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where the running lab's clouds are, as it wrote it down itself. */
final class Lab {
    private static final String DIRECTORY = "/var/tmp/isthmus-lab";

    private final JsonNode facts;

    private Lab(JsonNode facts) {
        this.facts = facts;
    }

    static Lab read() throws IOException {
        var directory = Objects.requireNonNullElse(System.getenv("ISTHMUS_LAB_DIR"), DIRECTORY);
        return new Lab(JsonMapper.builder().build().readTree(Files.readString(Path.of(directory, "lab.json"))));
    }

    Cloud cloud(String siteId) {
        var site = site(siteId);
        return new Cloud(
                CloudKind.valueOf(site.path("kind").asString().toUpperCase(Locale.ROOT)),
                authUrl(site),
                site.path("region_name").asString(),
                site.path("cell").stringValueOpt(),
                site.path("physical_network").asString(),
                VlanRange.parse(site.path("vlan_range").asString()),
                site.path("keystone").asString());
    }

    OpenStackDriver driver() {
        return new OpenStackDriver(
                keystone -> Optional.of(user(keystone)), OpenStackOptions.DEFAULTS, InstantSource.system());
    }

    CloudOperator operator(String siteId) throws IOException, InterruptedException {
        var site = site(siteId);
        return new CloudOperator(
                authUrl(site),
                user(site.path("keystone").asString()),
                URI.create(site.path("neutron_url").asString()));
    }

    private URI authUrl(JsonNode site) {
        return URI.create(
                keystone(site.path("keystone").asString()).path("auth_url").asString());
    }

    private JsonNode keystone(String name) {
        for (var keystone : facts.path("keystones")) {
            if (keystone.path("name").asString().equals(name)) {
                return keystone;
            }
        }
        throw new IllegalArgumentException("the lab has no Keystone " + name);
    }

    private Credential.KeystonePassword user(String keystone) {
        var user = keystone(keystone).path("isthmus");
        return new Credential.KeystonePassword(
                user.path("username").asString(),
                user.path("password").asString(),
                user.path("user_domain_name").asString(),
                user.path("project_name").asString(),
                user.path("project_domain_name").asString());
    }

    private JsonNode site(String id) {
        for (var site : facts.path("sites")) {
            if (site.path("id").asString().equals(id)) {
                return site;
            }
        }
        throw new IllegalArgumentException("the lab has no site " + id);
    }
}
