package io.isthmus.southbound.openstack;

import io.isthmus.core.backup.RunningVnf;
import io.isthmus.core.site.Capacity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The servers and flavours of a cloud. */
final class Nova {
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int PAGE = 1000;

    private final ServiceWire wire;

    Nova(ServiceWire wire) {
        this.wire = wire;
    }

    List<RunningVnf> servers(String idOrName) throws NotDone, InterruptedException {
        if (ID.matcher(idOrName).matches()) {
            var server = wire.find("/servers/" + idOrName);
            return server.isPresent() ? List.of(vnf(server.get().path("server"))) : List.of();
        }
        // Nova takes the name for a regular expression, of its database's kind: what could mean something there is left
        // open.
        var expression = "^" + idOrName.replaceAll("[^A-Za-z0-9_-]", ".") + "$";
        var alike = wire.list(
                "servers",
                "/servers/detail?all_tenants=True&limit=" + PAGE + "&name="
                        + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        var found = new ArrayList<RunningVnf>();
        for (var server : alike) {
            if (server.path("name").asString("").equals(idOrName)) {
                found.add(vnf(server));
            }
        }
        return found;
    }

    private RunningVnf vnf(JsonNode server) throws NotDone {
        var id = server.path("id").asString("");
        var flavor = server.path("flavor");
        var image = Optional.of(server.path("image").path("id").asString("")).filter(text -> !text.isEmpty());
        if (!ID.matcher(id).matches() || !flavor.path("vcpus").isIntegralNumber()) {
            throw wire.error("describes a server otherwise than its API says");
        }
        return new RunningVnf(
                id,
                server.path("name").asString(""),
                server.path("tenant_id").asString(""),
                resources(flavor, image.isPresent()),
                flavor.path("original_name").asString(""),
                image);
    }

    boolean hasFlavor(Capacity resources) throws NotDone, InterruptedException {
        return wire.list("flavors", "/flavors/detail?is_public=None&limit=" + PAGE).stream()
                .anyMatch(flavor -> resources(flavor, true).equals(resources)
                        || resources(flavor, false).equals(resources));
    }

    /** As Placement counts them: a server that boots from a volume has its root disk there, and swap is disk too. */
    private static Capacity resources(JsonNode flavor, boolean withRootDisk) {
        // A list of flavours names the second disk otherwise than a server does, and an absent swap is an empty text.
        int ephemeral = flavor.path("ephemeral").asInt(0)
                + flavor.path("OS-FLV-EXT-DATA:ephemeral").asInt(0);
        int swap = Math.ceilDiv(flavor.path("swap").asInt(0), 1024);
        return new Capacity(
                flavor.path("vcpus").asInt(0),
                flavor.path("ram").asInt(0),
                (withRootDisk ? flavor.path("disk").asInt(0) : 0) + ephemeral + swap);
    }
}
