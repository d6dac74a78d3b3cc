package io.isthmus.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.backup.Readiness;
import io.isthmus.core.backup.Readiness.Part;
import io.isthmus.core.backup.RunningVnf;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.core.site.VlanRange;
import io.isthmus.server.api.VnfPort;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.FoundImage;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.SpareReader;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** b and c are cells of one region; a and d are clouds of their own. */
final class CloudVnfsTest {
    private static final RunningVnf VNF =
            new RunningVnf("id-1", "fw", "p1", new Capacity(4, 8_192, 40), "m1.medium", Optional.of("img"));
    private static final FoundImage IMAGE = new FoundImage("img", "fw", Optional.of("hash"), true);

    private final FakeNovas novas = new FakeNovas();
    private final CloudVnfs vnfs = new CloudVnfs(novas, new Crowd(Duration.ofSeconds(30)));

    /** Regions with servers, flavours and images; one may be silent. */
    private static final class FakeNovas implements SpareReader {
        private final Map<String, List<RunningVnf>> servers = new HashMap<>();
        private final Set<String> withFlavor = new HashSet<>();
        private final Map<String, FoundImage> images = new HashMap<>();
        private final Set<String> broken = new HashSet<>();
        private final Set<String> hanging = new HashSet<>();
        private final Queue<String> asked = new ConcurrentLinkedQueue<>();

        private <T> Outcome<T> answer(Cloud cloud, T value) throws InterruptedException {
            asked.add(cloud.regionName());
            if (hanging.contains(cloud.regionName())) {
                new CountDownLatch(1).await();
            }
            return broken.contains(cloud.regionName())
                    ? new Outcome.Refused<>(new Failure("compute_missing", "no Nova there", ""))
                    : new Outcome.Done<>(value);
        }

        @Override
        public Outcome<List<RunningVnf>> servers(Cloud cloud, String idOrName) throws InterruptedException {
            return answer(cloud, servers.getOrDefault(cloud.regionName(), List.of()));
        }

        @Override
        public Outcome<Optional<FoundImage>> image(Cloud cloud, String imageId) throws InterruptedException {
            return answer(cloud, Optional.ofNullable(images.get(cloud.regionName())));
        }

        @Override
        public Outcome<Boolean> hasImage(Cloud cloud, FoundImage image) throws InterruptedException {
            return answer(cloud, images.containsKey(cloud.regionName()));
        }

        @Override
        public Outcome<Boolean> hasFlavor(Cloud cloud, Capacity resources) throws InterruptedException {
            return answer(cloud, withFlavor.contains(cloud.regionName()));
        }
    }

    private static Site site(String id, String region) {
        return new Site(
                new SiteId(id),
                id,
                Optional.empty(),
                List.of(),
                new Cloud(
                        CloudKind.REGION,
                        URI.create("http://127.0.0.1:5000/v3"),
                        region,
                        Optional.empty(),
                        "interdc",
                        new VlanRange(2000, 2999),
                        "c"),
                List.of(),
                true,
                Optional.empty());
    }

    private static final Site A = site("a", "RegionA");
    private static final Site B = site("b", "RegionBC");
    private static final Site C = site("c", "RegionBC");
    private static final Site D = site("d", "RegionD");

    private static Readiness at(Map<SiteId, Readiness> ready, Site site) {
        return Optional.ofNullable(ready.get(site.id())).orElseThrow();
    }

    @Test
    void aCloudIsAskedOnceAndItsServerMayBeAtAnyOfItsSites() {
        novas.servers.put("RegionBC", List.of(VNF));
        novas.broken.add("RegionA");
        var search = vnfs.find(List.of(A, B, C, D), "fw");
        assertThat(search.found()).containsExactly(new VnfPort.Found(VNF, List.of(B, C)));
        assertThat(search.unasked())
                .containsExactly(new VnfPort.Unasked(A.id(), "compute_missing", "no Nova there", ""));
        assertThat(novas.asked).containsExactlyInAnyOrder("RegionA", "RegionBC", "RegionD");
    }

    @Test
    void whatIsNotThereCanBeCopiedAndWhereNothingIsKnownItIsMissing() {
        novas.images.put("RegionBC", IMAGE);
        novas.withFlavor.addAll(Set.of("RegionBC", "RegionA"));
        novas.broken.add("RegionD");
        var ready = vnfs.readiness(B, VNF, List.of(A, C, D));
        assertThat(ready.get(A.id())).isEqualTo(new Readiness(new Part.Present(), Optional.of(new Part.Copyable())));
        assertThat(ready.get(C.id())).isEqualTo(new Readiness(new Part.Present(), Optional.of(new Part.Present())));
        assertThat(ready.get(D.id()))
                .isEqualTo(new Readiness(
                        new Part.Missing("no Nova there"), Optional.of(new Part.Missing("no Nova there"))));
    }

    @Test
    void anImageThatIsGoneWhereTheVnfIsCannotBeCopied() {
        novas.images.put("RegionD", IMAGE);
        var ready = vnfs.readiness(B, VNF, List.of(A, D));
        assertThat(at(ready, A).image()).hasValue(new Part.Missing("b has it no more, so that nothing can be copied"));
        assertThat(at(ready, D).image()).hasValue(new Part.Present());
        assertThat(at(ready, A).flavor()).isEqualTo(new Part.Copyable());
    }

    @Test
    void whatBootsFromAVolumeNeedsNoImage() {
        var vnf = new RunningVnf("id-1", "fw", "p1", Capacity.NONE, "m1.medium", Optional.empty());
        assertThat(at(vnfs.readiness(B, vnf, List.of(A)), A).image()).isEmpty();
    }

    @Test
    void aCloudThatHangsHoldsNobodyUp() {
        novas.hanging.add("RegionA");
        novas.servers.put("RegionD", List.of(VNF));
        var hasty = new CloudVnfs(novas, new Crowd(Duration.ofMillis(200)));
        var search = hasty.find(List.of(A, D), "fw");
        assertThat(search.found()).containsExactly(new VnfPort.Found(VNF, List.of(D)));
        assertThat(search.unasked()).extracting(VnfPort.Unasked::code).containsExactly("too_late");
    }
}
