package io.isthmus.southbound.openstack;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keystone's answer to a request for a token, as far as the driver reads it. */
record TokenReply(Token token) {
    TokenReply {
        Objects.requireNonNull(token, "token");
    }

    record Token(
            @JsonProperty("issued_at") Instant issuedAt,
            @JsonProperty("expires_at") Instant expiresAt,
            Optional<Project> project,
            List<Service> catalog) {
        Token {
            Objects.requireNonNull(issuedAt, "issued_at");
            Objects.requireNonNull(expiresAt, "expires_at");
            catalog = Absent.asEmpty(catalog);
        }

        /** How long the token lives, whatever this node's clock says of the date. */
        Duration life() {
            return Duration.between(issuedAt, expiresAt);
        }

        SortedMap<String, URI> neutrons(String endpointInterface) {
            var urls = new TreeMap<String, URI>();
            for (var service : catalog) {
                if (!service.type.equals("network")) {
                    continue;
                }
                for (var endpoint : service.endpoints) {
                    if (endpoint.interfaceName.equals(endpointInterface)) {
                        neutronUrl(endpoint.url).ifPresent(url -> urls.putIfAbsent(endpoint.region, url));
                    }
                }
            }
            return urls;
        }

        /** Neutron's API version 2.0, whether or not the catalogue's URL names it; empty if that is no web address. */
        private static Optional<URI> neutronUrl(String text) {
            var base = text.replaceAll("/+$", "");
            try {
                var url = new URI(base.endsWith("/v2.0") ? base : base + "/v2.0");
                return Optional.of(url)
                        .filter(web -> web.getHost() != null
                                && String.valueOf(web.getScheme()).matches("https?"));
            } catch (URISyntaxException e) {
                return Optional.empty();
            }
        }
    }

    record Project(String id) {
        Project {
            Objects.requireNonNull(id, "id");
        }
    }

    record Service(String type, List<Endpoint> endpoints) {
        Service {
            Objects.requireNonNull(type, "type");
            endpoints = Absent.asEmpty(endpoints);
        }
    }

    record Endpoint(@JsonProperty("interface") String interfaceName, String region, String url) {
        Endpoint {
            Objects.requireNonNull(interfaceName, "interface");
            Objects.requireNonNull(region, "region");
            Objects.requireNonNull(url, "url");
        }
    }
}
