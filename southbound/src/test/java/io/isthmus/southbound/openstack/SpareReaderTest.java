package io.isthmus.southbound.openstack;

import static io.isthmus.southbound.openstack.CloudDriverContract.done;
import static io.isthmus.southbound.openstack.CloudDriverContract.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.backup.RunningVnf;
import io.isthmus.core.site.Capacity;
import io.isthmus.southbound.FoundImage;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.openstack.FakeServer.Reply;
import io.isthmus.southbound.openstack.FakeServer.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers, flavours and images, read from a Nova (2.47) and a Glance in the shapes of the real ones. */
final class SpareReaderTest {
    private static final String ID = "5f9588de-1fc4-4b3c-8a1b-3d8f2a1c0001";
    private static final String OTHER_ID = "5f9588de-1fc4-4b3c-8a1b-3d8f2a1c0002";
    private static final String IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b";
    private static final int AT_ONCE = 2;
    private static final String HASH = "ab".repeat(64);

    private final List<Map<String, Object>> servers = new ArrayList<>();
    private final List<Map<String, Object>> flavors = new ArrayList<>();
    private final List<Map<String, Object>> images = new ArrayList<>();
    private final FakeClouds clouds = new FakeClouds();
    private final FakeServer nova = new FakeServer(this::compute);
    private final FakeServer glance = new FakeServer(this::image);
    private final OpenStackDriver driver = clouds.driver(FakeClouds.PATIENT);

    @BeforeEach
    void list() {
        clouds.keystone.withEndpoint("compute", "nova", FakeClouds.REGION, "public", nova.url() + "/v2.1/");
        clouds.keystone.withEndpoint(
                "image", "glance", FakeClouds.REGION, "public", glance.url().toString());
    }

    @AfterEach
    void close() {
        driver.close();
        nova.close();
        glance.close();
        clouds.close();
    }

    /** As Nova does it: the name is a regular expression, and without all_tenants only the own project's are there. */
    private Reply compute(Request request) {
        if (request.path().equals("/v2.1/flavors/detail")) {
            return Reply.json(200, page("flavors", flavors, request));
        }
        if (request.path().equals("/v2.1/servers/detail")) {
            var name = request.query().getOrDefault("name", List.of("")).getFirst();
            var all = request.query().containsKey("all_tenants");
            var named = servers.stream()
                    .filter(server -> all && String.valueOf(server.get("name")).matches(".*(?:" + name + ").*"))
                    .toList();
            return Reply.json(200, page("servers", named, request));
        }
        return servers.stream()
                .filter(server -> request.path().equals("/v2.1/servers/" + server.get("id")))
                .findFirst()
                .map(server -> Reply.json(200, Map.of("server", server)))
                .orElseGet(() -> Reply.json(404, Map.of("itemNotFound", Map.of("message", "not found", "code", 404))));
    }

    /** From after the marker on, and as many as Nova gives at once, with a link to the next page if there is one. */
    private Map<String, Object> page(String entries, List<Map<String, Object>> all, Request request) {
        var marker = request.query().getOrDefault("marker", List.of("")).getFirst();
        var after = marker.isEmpty()
                ? all
                : all.stream()
                        .dropWhile(entry -> !marker.equals(entry.get("id")))
                        .skip(1)
                        .toList();
        return after.size() <= AT_ONCE
                ? Map.of(entries, after)
                : Map.of(
                        entries,
                        after.subList(0, AT_ONCE),
                        entries + "_links",
                        List.of(Map.of("rel", "next", "href", nova.url().toString())));
    }

    private Reply image(Request request) {
        if (request.path().equals("/v2/images")) {
            var hash =
                    request.query().getOrDefault("os_hash_value", List.of("")).getFirst();
            return Reply.json(
                    200,
                    Map.of(
                            "images",
                            images.stream()
                                    .filter(each -> hash.equals(each.get("os_hash_value")))
                                    .toList()));
        }
        return images.stream()
                .filter(each -> request.path().equals("/v2/images/" + each.get("id")))
                .findFirst()
                .map(each -> Reply.json(200, each))
                .orElseGet(() -> new Reply(404, Map.of("Content-Type", "text/html"), "<html>No image found</html>"));
    }

    private static Map<String, Object> server(String id, String name, Object image) {
        var flavor = Map.of(
                "original_name", "m1.medium",
                "vcpus", 4,
                "ram", 8_192,
                "disk", 40,
                "ephemeral", 10,
                "swap", 1_500,
                "extra_specs", Map.of());
        return Map.of("id", id, "name", name, "tenant_id", "p1", "status", "ACTIVE", "flavor", flavor, "image", image);
    }

    private static Map<String, Object> flavor(int vcpus, int ramMb, int diskGb, Object swap) {
        return Map.of(
                "id",
                "%d-%d-%d".formatted(vcpus, ramMb, diskGb),
                "vcpus",
                vcpus,
                "ram",
                ramMb,
                "disk",
                diskGb,
                "OS-FLV-EXT-DATA:ephemeral",
                10,
                "swap",
                swap);
    }

    @Test
    void aServerIsFoundByItsIdWithWhatPlacementWouldCount() throws Exception {
        servers.add(server(ID, "firewall-1", Map.of("id", IMAGE)));

        assertThat(done(driver.servers(clouds.cloud(), ID)))
                .containsExactly(new RunningVnf(
                        ID, "firewall-1", "p1", new Capacity(4, 8_192, 52), "m1.medium", Optional.of(IMAGE)));
        assertThat(nova.requests().getLast().header("openstack-api-version")).isEqualTo("compute 2.47");
        assertThat(done(driver.servers(clouds.cloud(), OTHER_ID))).isEmpty();
    }

    @Test
    void aServerThatBootsFromAVolumeNeedsNoImageAndNoRootDisk() throws Exception {
        servers.add(server(ID, "firewall-1", ""));

        var found = done(driver.servers(clouds.cloud(), ID)).getFirst();
        assertThat(found.resources()).isEqualTo(new Capacity(4, 8_192, 12));
        assertThat(found.imageId()).isEmpty();
    }

    @Test
    void onlyExactlyTheNameCountsWhateverNovaTakesItFor() throws Exception {
        servers.add(server(OTHER_ID, "a fw+1 (b)", Map.of("id", IMAGE)));
        servers.add(server("x", "fwX1 (b)", Map.of("id", IMAGE)));
        servers.add(server("y", "fwY1 (b)", Map.of("id", IMAGE)));
        servers.add(server(ID, "fw+1 (b)", Map.of("id", IMAGE)));

        assertThat(done(driver.servers(clouds.cloud(), "fw+1 (b)")))
                .extracting(RunningVnf::id)
                .containsExactly(ID);
        assertThat(done(driver.servers(clouds.cloud(), "fw"))).isEmpty();
    }

    @Test
    void aFlavourIsPresentUnderWhateverName() throws Exception {
        flavors.add(flavor(4, 8_192, 20, ""));
        flavors.add(flavor(2, 8_192, 40, ""));
        flavors.add(flavor(4, 8_192, 40, 1_500));

        assertThat(done(driver.hasFlavor(clouds.cloud(), new Capacity(4, 8_192, 52))))
                .isTrue();
        assertThat(done(driver.hasFlavor(clouds.cloud(), new Capacity(4, 8_192, 30))))
                .isTrue();
        assertThat(done(driver.hasFlavor(clouds.cloud(), new Capacity(8, 8_192, 52))))
                .isFalse();
    }

    @Test
    void anImageIsThereByItsIdOrByItsData() throws Exception {
        images.add(Map.of("id", IMAGE, "name", "fw", "status", "active", "os_hash_value", HASH));

        var here = done(driver.image(clouds.cloud(), IMAGE)).orElseThrow();
        assertThat(here).isEqualTo(new FoundImage(IMAGE, "fw", Optional.of(HASH), true));
        assertThat(done(driver.hasImage(clouds.cloud(), here))).isTrue();
        var copy = new FoundImage(ID, "fw", Optional.of(HASH), true);
        assertThat(done(driver.hasImage(clouds.cloud(), copy))).isTrue();
        assertThat(done(driver.image(clouds.cloud(), ID))).isEmpty();
        assertThat(done(driver.hasImage(clouds.cloud(), new FoundImage(ID, "fw", Optional.empty(), true))))
                .isFalse();
    }

    @Test
    void anImageThatIsStillUploadedIsNotThere() throws Exception {
        images.add(new HashMap<>(Map.of("id", IMAGE, "name", "fw", "status", "queued")));

        assertThat(done(driver.hasImage(clouds.cloud(), new FoundImage(IMAGE, "fw", Optional.empty(), true))))
                .isFalse();
    }

    @Test
    void aRegionWithoutNovaIsTold() throws Exception {
        clouds.keystone.withRegion("Elsewhere", clouds.neutron.url());

        assertThat(refused(driver.servers(clouds.cloud("Elsewhere"), "firewall-1"))
                        .code())
                .isEqualTo("compute_missing");
        assertThat(refused(driver.image(clouds.cloud("Elsewhere"), IMAGE)).code())
                .isEqualTo("image_missing");
    }

    @ParameterizedTest
    @CsvSource({"ERROR_503, compute_error", "WEB_PAGE, compute_error", "CLOSE, compute_unreachable"})
    void aNovaThatFailsSaysNothing(Fault fault, String code) throws Exception {
        nova.fail(fault, request -> true, 0, 1000);

        assertThat(driver.servers(clouds.cloud(), "firewall-1"))
                .isInstanceOfSatisfying(
                        Outcome.Unreachable.class,
                        it -> assertThat(it.failure().code()).isEqualTo(code));
    }

    @Test
    void aTokenThatItRefusesIsRenewedOnce() throws Exception {
        nova.fail(Fault.UNAUTHORIZED, request -> true, 0, 1);
        assertThat(done(driver.servers(clouds.cloud(), ID))).isEmpty();
        nova.fail(Fault.UNAUTHORIZED, request -> true, 0, 2);
        assertThat(refused(driver.servers(clouds.cloud(), ID)).code()).isEqualTo("compute_forbidden");
    }
}
