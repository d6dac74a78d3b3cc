package io.isthmus.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The Nova and the Glance of one site's cloud, called as its administrator; {@code lab nova start} has brought them up. */
final class LabNova {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** The first version that takes a server without networks is 2.37. */
    private static final String VERSION = "compute 2.37";

    private final String compute;
    private final String image;
    private final String token;

    LabNova(LabDescription lab, String site) {
        var keystone = lab.keystoneOf(site);
        this.token = Neutron.token(keystone);
        var catalogue = Http.send(
                        "GET", URI.create(keystone.authUrl() + "/auth/catalog"), Map.of("X-Auth-Token", token), null)
                .expect(200)
                .body()
                .get("catalog");
        var region = lab.site(site).regionName();
        this.compute = url(catalogue, "compute", region);
        this.image = url(catalogue, "image", region);
    }

    private static String url(JsonNode catalogue, String type, String region) {
        return catalogue
                .valueStream()
                .filter(service -> service.get("type").asString().equals(type))
                .flatMap(service -> service.get("endpoints").valueStream())
                .filter(endpoint -> endpoint.get("region_id").asString().equals(region))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + type + " in region " + region))
                .get("url")
                .asString();
    }

    private Http.Reply call(String method, String path, @org.jspecify.annotations.Nullable Object body) {
        var headers = Map.of("X-Auth-Token", token, "OpenStack-API-Version", VERSION);
        return Http.send(method, URI.create(compute + path), headers, body);
    }

    String createFlavor(String name, int vcpus, int ramMb, int diskGb) {
        var flavor = Map.of("name", name, "vcpus", vcpus, "ram", ramMb, "disk", diskGb);
        return call("POST", "/flavors", Map.of("flavor", flavor))
                .expect(200)
                .body()
                .at("/flavor/id")
                .asString();
    }

    /** An image of these bytes. */
    String createImage(String name, Path data) throws IOException {
        var id = Http.send(
                        "POST",
                        URI.create(image + "/v2/images"),
                        Map.of("X-Auth-Token", token),
                        Map.of("name", name, "disk_format", "raw", "container_format", "bare"))
                .expect(201)
                .body()
                .get("id")
                .asString();
        Command.run(
                        LIMIT,
                        "curl",
                        "--silent",
                        "--fail",
                        "--request",
                        "PUT",
                        "--header",
                        "X-Auth-Token: " + token,
                        "--header",
                        "Content-Type: application/octet-stream",
                        "--data-binary",
                        "@" + data,
                        image + "/v2/images/" + id + "/file")
                .orFail();
        if (Files.size(data) == 0) {
            throw new IllegalArgumentException("an image has data");
        }
        return id;
    }

    /** A server in an availability zone, once it runs; {@code networks} as Nova's API wants them: a word, or a list. */
    String boot(String name, String zone, String flavor, String imageId, Object networks) {
        var server = Map.of(
                "name",
                name,
                "flavorRef",
                flavor,
                "imageRef",
                imageId,
                "networks",
                networks,
                "availability_zone",
                zone);
        var id = call("POST", "/servers", Map.of("server", server))
                .expect(202)
                .body()
                .at("/server/id")
                .asString();
        await("server " + name + " runs").atMost(LIMIT).until(() -> status(id).equals("ACTIVE"));
        return id;
    }

    private String status(String id) {
        var server = call("GET", "/servers/" + id, null).expect(200).body().get("server");
        if (server.get("status").asString().equals("ERROR")) {
            throw new IllegalStateException(server.toPrettyString());
        }
        return server.get("status").asString();
    }

    /**
     * Has the server's compute make a port on a network of the Neutron of another cell than the first. nova-api itself knows only
     * the first one's, so that it answers 404: it does not find the port that it has had made.
     */
    void attachInOtherCell(String server, String network) {
        call("POST", "/servers/" + server + "/os-interface", Map.of("interfaceAttachment", Map.of("net_id", network)))
                .expect(404);
    }

    void delete(String server) {
        call("DELETE", "/servers/" + server, null).expect(204);
        await("server " + server + " is gone")
                .atMost(LIMIT)
                .until(() -> call("GET", "/servers/" + server, null).status() == 404);
    }
}
