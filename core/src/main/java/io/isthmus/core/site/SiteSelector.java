package io.isthmus.core.site;

import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Names a site by parts of its cloud, where a caller knows the cell or region but not the site's id. As text:
 * {@code cell:cell-b}, {@code region:RegionD} or {@code region:RegionBC,cell:cell-b}; a value holds no comma.
 */
public record SiteSelector(Optional<URI> authUrl, Optional<String> regionName, Optional<String> cell) {
    private static final Pattern TEXT = Pattern.compile("(auth_url|region|region_name|cell):.*");

    public SiteSelector {
        if (authUrl.isEmpty() && regionName.isEmpty() && cell.isEmpty()) {
            throw new IllegalArgumentException("a site selector needs auth_url, region_name or cell");
        }
        if (authUrl.isPresent() && authUrl.get().getHost() == null) {
            throw new IllegalArgumentException("auth_url must be a whole URL: " + authUrl.get());
        }
        if (regionName.isPresent() && regionName.get().isBlank()) {
            throw new IllegalArgumentException("region_name must not be empty");
        }
        if (cell.isPresent() && cell.get().isBlank()) {
            throw new IllegalArgumentException("cell must not be empty");
        }
    }

    /** Whether a text is meant as a selector; ids never are. */
    public static boolean isSelector(String text) {
        return TEXT.matcher(text).matches();
    }

    /** Reads {@code region:RegionBC,cell:cell-b}. */
    public static SiteSelector parse(String text) {
        Map<String, String> parts = new HashMap<>();
        for (var part : text.split(",", -1)) {
            var colon = part.indexOf(':');
            if (!isSelector(part)) {
                throw new IllegalArgumentException(
                        "a selector has parts cell:NAME, region:NAME and auth_url:URL, joined by commas: " + text);
            }
            var name = part.substring(0, colon).equals("region_name") ? "region" : part.substring(0, colon);
            if (parts.put(name, part.substring(colon + 1)) != null) {
                throw new IllegalArgumentException("a selector names its " + name + " once: " + text);
            }
        }
        return new SiteSelector(
                Optional.ofNullable(parts.get("auth_url")).map(URI::create),
                Optional.ofNullable(parts.get("region")),
                Optional.ofNullable(parts.get("cell")));
    }

    /** What a selector found. */
    public sealed interface Match {
        record One(Site site) implements Match {}

        record Several(List<SiteId> candidates) implements Match {}

        /**
         * Nothing.
         *
         * @param field the first part that left no site
         * @param value what it asked for
         * @param present what that part is at the sites that the parts before it left
         * @param candidates those sites
         */
        record None(String field, String value, List<String> present, List<SiteId> candidates) implements Match {}
    }

    /** One part: its name, what it asks for, what a site has there, and whether that fits. */
    private record Part(String field, String value, Function<Cloud, Optional<String>> of, Predicate<Cloud> fits) {}

    /** Narrows the sites part by part, so that a miss names the part that did not match. */
    public Match find(Collection<Site> sites) {
        var left = List.copyOf(sites);
        for (var part : parts()) {
            var before = left;
            left = before.stream()
                    .filter(site -> part.fits().test(site.cloud()))
                    .toList();
            if (left.isEmpty()) {
                return new Match.None(part.field(), part.value(), present(part, before), ids(before));
            }
        }
        return left.size() == 1 ? new Match.One(left.getFirst()) : new Match.Several(ids(left));
    }

    private List<Part> parts() {
        var parts = new java.util.ArrayList<Part>();
        authUrl.ifPresent(url -> parts.add(new Part(
                "auth_url",
                url.toString(),
                cloud -> Optional.of(cloud.authUrl().toString()),
                cloud -> KeystoneUrl.same(cloud.authUrl(), url))));
        regionName.ifPresent(name -> parts.add(new Part(
                "region_name",
                name,
                cloud -> Optional.of(cloud.regionName()),
                cloud -> cloud.regionName().equals(name))));
        cell.ifPresent(name -> parts.add(
                new Part("cell", name, Cloud::cell, cloud -> cloud.cell().equals(Optional.of(name)))));
        return parts;
    }

    private static List<String> present(Part part, List<Site> sites) {
        return sites.stream()
                .flatMap(site -> part.of().apply(site.cloud()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<SiteId> ids(List<Site> sites) {
        return sites.stream().map(Site::id).sorted().toList();
    }
}
