package io.isthmus.southbound.openstack;

import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.core.site.EndpointInterface;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keystone's catalogue: which service is where. It decides which Neutron is a site's:
 *
 * <ol>
 *   <li>the one that the site's cloud names itself ({@code network_endpoint_override});
 *   <li>else, of the network services in the site's region, the one of the name that the cloud gives;
 *   <li>else, for a cell, the one that is named as the cell is or {@code neutron-CELL}; if there is none, the one that is named
 *       {@code neutron}, which cells then share. One that is named after another cell is never taken;
 *   <li>else the only one.
 * </ol>
 */
record Catalogue(List<Entry> entries) {
    private static final String NETWORK = "network";

    Catalogue {
        entries = List.copyOf(entries);
    }

    /** One address of a service. */
    record Entry(String type, String service, String region, String interfaceName, String url) {}

    /** The URL of the Neutron of a cloud's site, with its API version. */
    URI neutron(Cloud cloud) throws NotDone {
        if (cloud.networkEndpointOverride().isPresent()) {
            return versioned(cloud.networkEndpointOverride().get().toString());
        }
        var service = service(cloud, inRegion(cloud.regionName()));
        var wanted = word(cloud.endpointInterface().orElse(EndpointInterface.PUBLIC));
        var there = service.stream()
                .filter(entry -> entry.interfaceName().equals(wanted))
                .map(Entry::url)
                .distinct()
                .toList();
        if (there.isEmpty()) {
            throw NotDone.refused(
                    "network_service_missing",
                    "Keystone's catalogue has no %s address of the network service %s in region %s; it has: %s"
                            .formatted(
                                    wanted,
                                    service.getFirst().service(),
                                    cloud.regionName(),
                                    words(service, Entry::interfaceName)),
                    "Set the site's endpoint_interface to one that is there, or add the endpoint to the catalogue.");
        }
        if (there.size() > 1) {
            throw NotDone.refused(
                    "network_service_ambiguous",
                    "Keystone's catalogue has several %s addresses of the network service %s in region %s: %s"
                            .formatted(
                                    wanted, service.getFirst().service(), cloud.regionName(), String.join(", ", there)),
                    "Take the wrong ones out of the catalogue, or set the site's network_endpoint_override.");
        }
        return versioned(there.getFirst());
    }

    /** The URL of a service of the cloud's region, with its API version where it has one. */
    URI address(Service service, Cloud cloud) throws NotDone {
        var wanted = word(cloud.endpointInterface().orElse(EndpointInterface.PUBLIC));
        var there = entries.stream()
                .filter(entry -> entry.type().equals(service.type())
                        && entry.region().equals(cloud.regionName())
                        && entry.interfaceName().equals(wanted))
                .map(entry -> service.versioned(entry.url()))
                .distinct()
                .toList();
        if (there.size() == 1 && there.getFirst().matches("https?://[^ ?#]+")) {
            return URI.create(there.getFirst());
        }
        throw NotDone.refused(
                service.type() + (there.isEmpty() ? "_missing" : "_ambiguous"),
                "Keystone's catalogue has %s %s address of %s in region %s"
                        .formatted(
                                there.isEmpty() ? "no" : "not one good", wanted, service.title(), cloud.regionName()),
                service.missingHint());
    }

    private List<Entry> inRegion(String region) throws NotDone {
        var here =
                entries.stream().filter(entry -> entry.region().equals(region)).toList();
        if (here.isEmpty()) {
            throw NotDone.refused(
                    "region_not_in_catalog",
                    entries.isEmpty()
                            ? "Keystone's catalogue is empty"
                            : "Keystone's catalogue has no region " + region + "; it has: "
                                    + words(entries, Entry::region),
                    "Correct the site's region_name, or add the region's endpoints to Keystone's catalogue.");
        }
        var networks =
                here.stream().filter(entry -> entry.type().equals(NETWORK)).toList();
        if (networks.isEmpty()) {
            throw NotDone.refused(
                    "network_service_missing",
                    "Keystone's catalogue has no network service in region " + region + "; there it has: "
                            + words(here, Entry::type)
                            + regionsWithNetworks(),
                    "Correct the site's region_name, or add the region's network endpoint to Keystone's catalogue.");
        }
        return networks;
    }

    private String regionsWithNetworks() {
        var networks =
                entries.stream().filter(entry -> entry.type().equals(NETWORK)).toList();
        return networks.isEmpty()
                ? "; no region has a network service"
                : "; a network service is in: " + words(networks, Entry::region);
    }

    /** The addresses of the one network service of the site. */
    private static List<Entry> service(Cloud cloud, List<Entry> networks) throws NotDone {
        var byName = cloud.networkServiceName();
        if (byName.isPresent()) {
            return named(byName.get(), networks).orElseThrow(() -> missing(cloud, "named " + byName.get(), networks));
        }
        if (cloud.kind() == CloudKind.CELL && cloud.cell().isPresent()) {
            var cell = cloud.cell().get();
            return named(cell, networks)
                    .or(() -> named("neutron-" + cell, networks))
                    .or(() -> named("neutron", networks))
                    .orElseThrow(() -> missing(
                            cloud,
                            "of cell " + cell + " (named " + cell + ", neutron-" + cell + " or neutron)",
                            networks));
        }
        if (networks.stream().map(Entry::service).distinct().count() > 1) {
            throw NotDone.refused(
                    "network_service_ambiguous",
                    "Keystone's catalogue has several network services in region " + cloud.regionName() + ": "
                            + words(networks, Entry::service),
                    "Set the site's network_service_name to one of them; if the region has cells, set kind and cell.");
        }
        return networks;
    }

    private static NotDone missing(Cloud cloud, String which, List<Entry> networks) {
        return NotDone.refused(
                "network_service_missing",
                "Keystone's catalogue has no network service %s in region %s; there it has: %s"
                        .formatted(which, cloud.regionName(), words(networks, Entry::service)),
                "Set the site's network_service_name to the right one, or correct the catalogue.");
    }

    private static Optional<List<Entry>> named(String name, List<Entry> networks) {
        return Optional.of(networks.stream()
                        .filter(entry -> entry.service().equals(name))
                        .toList())
                .filter(found -> !found.isEmpty());
    }

    /** Neutron's API version 2.0, whether or not the URL names it. */
    private static URI versioned(String text) throws NotDone {
        var base = text.replaceAll("/+$", "");
        try {
            var url = new URI(base.endsWith("/v2.0") ? base : base + "/v2.0");
            if (url.getHost() != null && String.valueOf(url.getScheme()).matches("https?")) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw NotDone.refused(
                "network_service_missing",
                "the address of the network service is no web address: " + text,
                "Correct it in Keystone's catalogue, or set the site's network_endpoint_override.");
    }

    private static String word(EndpointInterface value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String words(List<Entry> entries, Function<Entry, String> word) {
        var words = entries.stream()
                .map(word)
                .map(text -> text.isEmpty() ? "(without a name)" : text)
                .distinct()
                .sorted()
                .toList();
        return String.join(", ", words.subList(0, Math.min(20, words.size()))) + (words.size() > 20 ? ", …" : "");
    }
}
