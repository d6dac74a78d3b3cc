package io.isthmus.cli.keystone;

import io.isthmus.cli.http.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The body by which Keystone is asked for a token (Identity API v3, {@code POST /v3/auth/tokens}). */
final class Login {
    private Login() {}

    static ObjectNode document(CloudSettings settings) {
        var auth = Json.object();
        var identity = auth.putObject("auth").putObject("identity");
        if (settings.find("application_credential_secret").isPresent()) {
            identity.putArray("methods").add("application_credential");
            applicationCredential(identity.putObject("application_credential"), settings);
            // Such a credential has its project; Keystone refuses any scope beside it.
            return auth;
        }
        identity.putArray("methods").add("password");
        var user = identity.putObject("password").putObject("user");
        user(user, settings);
        user.put("password", settings.need("password"));
        scope((ObjectNode) auth.path("auth"), settings);
        return auth;
    }

    private static void applicationCredential(ObjectNode credential, CloudSettings settings) {
        credential.put("secret", settings.need("application_credential_secret"));
        var id = settings.find("application_credential_id");
        if (id.isPresent()) {
            credential.put("id", id.get());
        } else {
            credential.put("name", settings.need("application_credential_name"));
            user(credential.putObject("user"), settings);
        }
    }

    private static void user(ObjectNode user, CloudSettings settings) {
        var id = settings.find("user_id");
        if (id.isPresent()) {
            user.put("id", id.get());
        } else {
            user.put("name", settings.need("username"));
            domain(user, settings, "user");
        }
    }

    private static void scope(ObjectNode auth, CloudSettings settings) {
        if (settings.find("system_scope").filter("all"::equals).isPresent()) {
            auth.putObject("scope").putObject("system").put("all", true);
            return;
        }
        var id = settings.find("project_id");
        if (id.isPresent()) {
            auth.putObject("scope").putObject("project").put("id", id.get());
        } else {
            var project = auth.putObject("scope").putObject("project");
            project.put("name", settings.need("project_name"));
            domain(project, settings, "project");
        }
    }

    private static void domain(ObjectNode owner, CloudSettings settings, String of) {
        var domain = owner.putObject("domain");
        for (var key : List.of("id", "name")) {
            Optional<String> value = settings.find(of + "_domain_" + key);
            if (value.isPresent()) {
                domain.put(key, value.get());
                return;
            }
        }
        domain.put("id", "default");
    }
}
