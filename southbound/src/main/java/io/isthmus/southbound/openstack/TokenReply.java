package io.isthmus.southbound.openstack;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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

        Catalogue catalogue() {
            return new Catalogue(catalog.stream()
                    .flatMap(service -> service.endpoints.stream()
                            .map(endpoint -> new Catalogue.Entry(
                                    service.type,
                                    service.name.orElse(""),
                                    endpoint.region,
                                    endpoint.interfaceName,
                                    endpoint.url)))
                    .toList());
        }
    }

    record Project(String id) {
        Project {
            Objects.requireNonNull(id, "id");
        }
    }

    record Service(String type, Optional<String> name, List<Endpoint> endpoints) {
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
