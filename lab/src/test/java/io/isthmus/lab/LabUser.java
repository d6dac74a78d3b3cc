package io.isthmus.lab;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user of Isthmus's project in one of the lab's Keystones, as good as Isthmus's own, that a test may switch off. */
final class LabUser implements AutoCloseable {
    private static final String PASSWORD = "lab-only";

    private final LabDescription.Keystone keystone;
    private final String name;
    private final String id;

    private LabUser(LabDescription.Keystone keystone, String name, String id) {
        this.keystone = keystone;
        this.name = name;
        this.id = id;
    }

    static LabUser create(LabDescription.Keystone keystone, String name) {
        return create(keystone, name, PASSWORD);
    }

    static LabUser create(LabDescription.Keystone keystone, String name, String password) {
        first(keystone, "/users?name=" + name, "/users/0/id")
                .ifPresent(
                        left -> call(keystone, "DELETE", "/users/" + left, null).expect(204));
        var made = call(
                        keystone,
                        "POST",
                        "/users",
                        Map.of("user", Map.of("name", name, "domain_id", "default", "password", password)))
                .expect(201)
                .body();
        var id = made.at("/user/id").asString();
        var project = first(keystone, "/projects?name=" + keystone.isthmus().projectName(), "/projects/0/id")
                .orElseThrow();
        var role = first(keystone, "/roles?name=admin", "/roles/0/id").orElseThrow();
        call(keystone, "PUT", "/projects/" + project + "/users/" + id + "/roles/" + role, null)
                .expect(204);
        return new LabUser(keystone, name, id);
    }

    /** An entry of a node's file of credentials. */
    String credential(String entry) {
        var like = keystone.isthmus();
        return """
                %s:
                  type: keystone_password
                  username: %s
                  password: %s
                  project_name: %s
                  user_domain_name: %s
                  project_domain_name: %s
                """.formatted(
                        entry, name, PASSWORD, like.projectName(), like.userDomainName(), like.projectDomainName());
    }

    void enable(boolean enabled) {
        call(keystone, "PATCH", "/users/" + id, Map.of("user", Map.of("enabled", enabled)))
                .expect(200);
    }

    private static java.util.Optional<String> first(LabDescription.Keystone keystone, String path, String pointer) {
        var found = call(keystone, "GET", path, null).expect(200).body().at(pointer);
        return found.isMissingNode() ? java.util.Optional.empty() : java.util.Optional.of(found.asString());
    }

    private static Http.Reply call(
            LabDescription.Keystone keystone, String method, String path, @Nullable Object body) {
        return Http.send(
                method, URI.create(keystone.authUrl() + path), Map.of("X-Auth-Token", Neutron.token(keystone)), body);
    }

    @Override
    public void close() {
        call(keystone, "DELETE", "/users/" + id, null).expect(204);
    }
}
