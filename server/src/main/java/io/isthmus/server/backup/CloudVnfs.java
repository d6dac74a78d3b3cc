package io.isthmus.server.backup;

import io.isthmus.core.backup.Readiness;
import io.isthmus.core.backup.RunningVnf;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.server.api.Problem;
import io.isthmus.server.api.ProblemCode;
import io.isthmus.server.api.VnfPort;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.FoundImage;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.SpareReader;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks clouds about VNFs and what spares of them are built from: each cloud once, however many sites it has. */
public final class CloudVnfs implements VnfPort {
    /** More clouds than this are not asked for one request. */
    static final int MOST_CLOUDS = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private final SpareReader clouds;
    private final Crowd crowd;

    public CloudVnfs(SpareReader clouds) {
        this(clouds, new Crowd(PATIENCE));
    }

    CloudVnfs(SpareReader clouds, Crowd crowd) {
        this.clouds = clouds;
        this.crowd = crowd;
    }

    /** What sites have in common that share a Nova and a Glance. */
    private record Shared(URI authUrl, String region, String credentialId) {
        static Shared of(Site site) {
            var cloud = site.cloud();
            return new Shared(cloud.authUrl(), cloud.regionName(), cloud.credentialId());
        }
    }

    private static Collection<List<Site>> byCloud(List<Site> sites) {
        var groups = new LinkedHashMap<Shared, List<Site>>();
        sites.forEach(site ->
                groups.computeIfAbsent(Shared.of(site), _ -> new ArrayList<>()).add(site));
        return groups.values();
    }

    @Override
    public Search find(List<Site> where, String idOrName) {
        var groups = List.copyOf(byCloud(where));
        if (groups.size() > MOST_CLOUDS) {
            throw new Problem.Invalid(
                    ProblemCode.MISSING_FIELD,
                    "/vnf/site",
                    "name the server's site: there are %d clouds, and at most %d are searched"
                            .formatted(groups.size(), MOST_CLOUDS));
        }
        var answers = crowd.ask(groups, group -> clouds.servers(group.getFirst().cloud(), idOrName));
        var found = new ArrayList<Found>();
        var unasked = new ArrayList<Unasked>();
        for (int place = 0; place < groups.size(); place++) {
            var sites = groups.get(place);
            switch (answers.get(place)) {
                case Outcome.Done<List<RunningVnf>>(var servers) ->
                    servers.forEach(server -> found.add(new Found(server, sites)));
                case Outcome.Refused<List<RunningVnf>>(var failure) -> unasked.add(unasked(sites, failure));
                case Outcome.Unreachable<List<RunningVnf>>(var failure) -> unasked.add(unasked(sites, failure));
                case Outcome.Unknown<List<RunningVnf>>(var failure) -> unasked.add(unasked(sites, failure));
            }
        }
        return new Search(found, unasked);
    }

    private static Unasked unasked(List<Site> sites, Failure failure) {
        return new Unasked(sites.getFirst().id(), failure.code(), failure.detail(), failure.hint());
    }

    @Override
    public Map<SiteId, Readiness> readiness(Site active, RunningVnf vnf, List<Site> candidates) {
        var groups = List.copyOf(byCloud(candidates));
        var asked = groups.subList(0, Math.min(groups.size(), MOST_CLOUDS));
        var source = vnf.imageId().map(id -> source(active, id));
        var flavors =
                crowd.ask(asked, group -> clouds.hasFlavor(group.getFirst().cloud(), vnf.resources()));
        var images = source.map(image ->
                crowd.ask(asked, group -> clouds.hasImage(group.getFirst().cloud(), image.image())));
        var ready = new HashMap<SiteId, Readiness>();
        for (int place = 0; place < groups.size(); place++) {
            int at = place;
            var readiness = at < asked.size()
                    ? new Readiness(
                            part(flavors.get(at), Optional.empty()),
                            images.map(each ->
                                    part(each.get(at), source.orElseThrow().obstacle())))
                    : new Readiness(
                            new Readiness.Part.Missing(
                                    "only the clouds of the %d best candidates are asked".formatted(MOST_CLOUDS)),
                            Optional.empty());
            groups.get(at).forEach(site -> ready.put(site.id(), readiness));
        }
        return ready;
    }

    /** The image that the VNF was made from, and why it cannot be copied, if it cannot. */
    private record Source(FoundImage image, Optional<String> obstacle) {}

    private Source source(Site active, String imageId) {
        var unknown = new FoundImage(imageId, "", Optional.empty(), false);
        var answer = crowd.ask(List.of(active.cloud()), (Cloud cloud) -> clouds.image(cloud, imageId));
        return switch (answer.getFirst()) {
            case Outcome.Done<Optional<FoundImage>>(var found) ->
                found.filter(FoundImage::isActive)
                        .map(image -> new Source(image, Optional.empty()))
                        .orElseGet(() -> new Source(
                                found.orElse(unknown),
                                Optional.of(
                                        "%s has it no more, so that nothing can be copied".formatted(active.id()))));
            case Outcome.Refused<Optional<FoundImage>>(var failure) -> unread(unknown, failure);
            case Outcome.Unreachable<Optional<FoundImage>>(var failure) -> unread(unknown, failure);
            case Outcome.Unknown<Optional<FoundImage>>(var failure) -> unread(unknown, failure);
        };
    }

    private static Source unread(FoundImage image, Failure failure) {
        return new Source(image, Optional.of("it cannot be read where the VNF is: " + failure.detail()));
    }

    /** @param obstacle why it cannot be brought there where it is not there */
    private static Readiness.Part part(Outcome<Boolean> isThere, Optional<String> obstacle) {
        return switch (isThere) {
            case Outcome.Done<Boolean>(var there) when there -> new Readiness.Part.Present();
            case Outcome.Done<Boolean> _ ->
                obstacle.<Readiness.Part>map(Readiness.Part.Missing::new).orElseGet(Readiness.Part.Copyable::new);
            case Outcome.Refused<Boolean>(var failure) -> new Readiness.Part.Missing(failure.detail());
            case Outcome.Unreachable<Boolean>(var failure) -> new Readiness.Part.Missing(failure.detail());
            case Outcome.Unknown<Boolean>(var failure) -> new Readiness.Part.Missing(failure.detail());
        };
    }
}
