package io.isthmus.cli.registration;

import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.keystone.Keystone;
import io.isthmus.cli.output.Column;
import io.isthmus.cli.output.Kind;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code isthmus register}: has the controller in Keystone's catalogue, whatever was there before. */
public final class Register {
    private static final Kind KIND = new Kind(
            "endpoint",
            "endpoints",
            List.of(
                    Column.field("interface", 0),
                    Column.field("region", 1),
                    Column.field("url", 0),
                    Column.field("result", 0),
                    Column.field("id", 2)),
            Set.of("interface", "region", "url", "result", "id"));

    private Register() {}

    public static CommandSpec of(Session session) {
        var syntax = new Syntax(
                "register",
                session,
                "Have the controller in Keystone's catalogue, so that clients find it. Can be run again at any time.");
        var publicUrl = syntax.text("--public-url", "URL", "Where users reach the controller.");
        var internalUrl = syntax.text("--internal-url", "URL", "Where services do (default: as users).");
        var adminUrl = syntax.text("--admin-url", "URL", "Where operators do (default: not registered).");
        var region = syntax.text("--region", "REGION", "Keystone's region (default: that of the cloud's settings).");
        var name = syntax.text("--name", "NAME", "The service's name (default: isthmus).");
        var output = syntax.output();
        syntax.examples(
                "isthmus register --public-url https://isthmus.example:8642 --region RegionOne",
                "isthmus --os-cloud admin register --public-url https://isthmus.example:8642");
        return syntax.does(() -> {
            var urls = new LinkedHashMap<String, String>();
            urls.put("public", address(publicUrl.required()));
            urls.put("internal", address(internalUrl.value().orElseGet(publicUrl::required)));
            adminUrl.value().ifPresent(url -> urls.put("admin", address(url)));
            var keystone = session.keystone()
                    .filter(Keystone::hasUrl)
                    .orElseThrow(() -> Failure.usage(
                            "Which Keystone?", "hint: set OS_AUTH_URL and the other OS_* variables, or --os-cloud"));
            var chosen = region.value()
                    .or(keystone::region)
                    .orElseThrow(() -> Failure.usage("Which region?", "hint: --region, or OS_REGION_NAME"));
            checkRegion(keystone, chosen);
            var service = service(keystone, name.value().orElse("isthmus"));
            output.get().list(KIND, endpoints(keystone, service, chosen, urls));
            return ExitCode.DONE;
        });
    }

    private static String address(String text) {
        try {
            var url = URI.create(text.strip());
            if (String.valueOf(url.getScheme()).matches("https?")
                    && url.getHost() != null
                    && url.getUserInfo() == null) {
                return text.strip();
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for every other text that is no address.
        }
        throw Failure.usage("Not an address for the catalogue: " + text, "hint: https://isthmus.example:8642 is one");
    }

    /** Before anything is made: a service without endpoints would be left otherwise. */
    private static void checkRegion(Keystone keystone, String region) {
        var path =
                "/regions/" + URLEncoder.encode(region, StandardCharsets.UTF_8).replace("+", "%20");
        if (keystone.call("GET", path, null).status() == 404) {
            throw new Failure(
                    ExitCode.NOT_FOUND,
                    "Keystone at " + keystone.host() + " has no region " + region + ".",
                    "hint: openstack region list");
        }
    }

    private static String service(Keystone keystone, String name) {
        var found = List.copyOf(call(keystone, "GET", "/services?type=" + Keystone.SERVICE_TYPE, Json.object())
                .path("services")
                .values());
        if (found.size() > 1) {
            var ids = new StringJoiner(", ");
            found.forEach(service -> ids.add(Json.text(service, "id")));
            throw new Failure(
                    ExitCode.REFUSED_BY_STATE,
                    "Keystone has several services of the type " + Keystone.SERVICE_TYPE + ": " + ids + ".",
                    "hint: delete all but one of them: openstack service delete ID");
        }
        if (!found.isEmpty()) {
            return Json.text(found.getFirst(), "id");
        }
        var body = Json.object();
        body.putObject("service")
                .put("type", Keystone.SERVICE_TYPE)
                .put("name", name)
                .put("description", "Networks between sites, and what keeps services alive across them");
        return Json.text(call(keystone, "POST", "/services", body), "service", "id");
    }

    private static List<JsonNode> endpoints(
            Keystone keystone, String service, String region, Map<String, String> urls) {
        var there = call(keystone, "GET", "/endpoints?service_id=" + service, Json.object())
                .path("endpoints");
        var rows = new ArrayList<JsonNode>();
        urls.forEach((name, url) -> {
            var old = there.values().stream()
                    .filter(endpoint -> Json.text(endpoint, "interface").equals(name)
                            && Json.text(endpoint, "region_id").equals(region))
                    .findFirst();
            var row = Json.object().put("interface", name).put("region", region).put("url", url);
            if (old.isEmpty()) {
                var body = body(url).deepCopy();
                ((ObjectNode) body.path("endpoint"))
                        .put("interface", name)
                        .put("region_id", region)
                        .put("service_id", service);
                var made = call(keystone, "POST", "/endpoints", body);
                rows.add(row.put("result", "created").put("id", Json.text(made, "endpoint", "id")));
                return;
            }
            var id = Json.text(old.get(), "id");
            var isSame = Json.text(old.get(), "url").equals(url);
            if (!isSame) {
                call(keystone, "PATCH", "/endpoints/" + id, body(url));
            }
            rows.add(row.put("result", isSame ? "unchanged" : "changed").put("id", id));
        });
        return rows;
    }

    private static ObjectNode body(String url) {
        var body = Json.object();
        body.putObject("endpoint").put("url", url);
        return body;
    }

    private static JsonNode call(Keystone keystone, String method, String path, ObjectNode body) {
        var reply = keystone.call(method, path, method.equals("GET") ? null : body);
        if (!reply.isSuccess()) {
            throw new Failure(
                    ExitCode.FAILED,
                    "Keystone at " + keystone.host() + " refused " + method + " " + path + ": " + reply.words(),
                    reply.status() == 403
                            ? "hint: this needs an administrator of Keystone"
                            : "hint: is the region known?" + " openstack region list");
        }
        return reply.body();
    }
}
