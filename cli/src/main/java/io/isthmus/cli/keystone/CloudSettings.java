package io.isthmus.cli.keystone;

import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Trust;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What opens a cloud: from the {@code OS_*} variables, or an entry of {@code clouds.yaml}. Its text form shows no secret.
 *
 * @param source where it comes from, for messages
 * @param auth as in {@code clouds.yaml}: {@code auth_url}, {@code username}, {@code project_name} and so on
 * @param trust which certificates count
 */
public record CloudSettings(
        String source, Map<String, String> auth, Optional<String> region, String endpointInterface, Trust trust) {
    private static final List<String> AUTH = List.of(
            "auth_url",
            "token",
            "username",
            "user_id",
            "password",
            "user_domain_name",
            "user_domain_id",
            "project_name",
            "project_id",
            "project_domain_name",
            "project_domain_id",
            "system_scope",
            "application_credential_id",
            "application_credential_name",
            "application_credential_secret");
    private static final String VARIABLES = "the OS_* variables";

    public CloudSettings {
        auth = Map.copyOf(auth);
    }

    /** What the variables say; empty if they name neither a Keystone nor a token. */
    public static Optional<CloudSettings> ofVariables(Map<String, String> environment) {
        var auth = new HashMap<String, String>();
        for (var name : AUTH) {
            variable(environment, "OS_" + name.toUpperCase(java.util.Locale.ROOT))
                    .ifPresent(value -> auth.put(name, value));
        }
        if (!auth.containsKey("auth_url") && !auth.containsKey("token")) {
            return Optional.empty();
        }
        return Optional.of(new CloudSettings(
                VARIABLES,
                auth,
                variable(environment, "OS_REGION_NAME"),
                plain(variable(environment, "OS_INTERFACE")
                        .or(() -> variable(environment, "OS_ENDPOINT_TYPE"))
                        .orElse("public")),
                new Trust(variable(environment, "OS_CACERT").map(Path::of), true)));
    }

    static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** {@code publicURL} is what {@code public} was called once. */
    static String plain(String endpointInterface) {
        return endpointInterface.replaceFirst("URL$", "");
    }

    /** The same with what was said on the command line, where anything was. */
    public CloudSettings trusting(Optional<Path> cacert, boolean insecure) {
        var chosen = new Trust(cacert.or(() -> trust.cacert()), trust.verify() && !insecure);
        return new CloudSettings(source, auth, region, endpointInterface, chosen);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(auth.get(name));
    }

    String need(String name) {
        return find(name)
                .orElseThrow(() -> Failure.usage(
                        "To log in at Keystone, " + name + " is missing in " + source + ".",
                        "hint: "
                                + (source.equals(VARIABLES)
                                        ? "set OS_" + name.toUpperCase(java.util.Locale.ROOT)
                                        : "add it under auth:")));
    }

    @Override
    public String toString() {
        return "CloudSettings[" + source + "]";
    }
}
