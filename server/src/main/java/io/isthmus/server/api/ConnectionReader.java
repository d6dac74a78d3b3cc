package io.isthmus.server.api;

import io.isthmus.core.connection.AddressPolicy;
import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.Encryption;
import io.isthmus.core.connection.OnFailure;
import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.connection.Service;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.side.DriftPolicy;
import io.isthmus.store.Stored;
import io.isthmus.store.endpoint.EndpointStore;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads a new connection from a request, with its endpoints, be they stored or inline. */
final class ConnectionReader {
    static final Set<String> READ_ONLY = Set.of(
            "id",
            "project_id",
            "status",
            "oper_status",
            "sync_status",
            "measured",
            "liveness",
            "sides",
            "last_error",
            "deadline_at",
            "operation_id",
            "vni",
            "transit_prefix",
            "nat",
            "created_at",
            "updated_at",
            "revision");

    private final EndpointStore endpoints;
    private final EndpointReader endpointReader;
    private final SiteLookup sites;
    private final InstantSource clock;

    ConnectionReader(EndpointStore endpoints, EndpointReader endpointReader, SiteLookup sites, InstantSource clock) {
        this.endpoints = endpoints;
        this.endpointReader = endpointReader;
        this.sites = sites;
        this.clock = clock;
    }

    /**
     * What was asked for.
     *
     * @param inline those endpoints that are to be made with it
     */
    record Asked(Connection connection, Endpoint local, Endpoint remote, List<Endpoint> inline, List<String> tags) {
        boolean isInline(Endpoint endpoint) {
            return inline.contains(endpoint);
        }
    }

    Asked read(Fields fields, UUID id) {
        var project = RequestScope.currentCaller().projectId();
        var inline = new ArrayList<Endpoint>();
        var name = fields.findText("name").filter(text -> !text.isBlank());
        var local = endpoint(fields, "local_endpoint", project, name.orElse("connection-" + id) + "-local", inline);
        var remote = endpoint(fields, "remote_endpoint", project, name.orElse("connection-" + id) + "-remote", inline);
        var tags = fields.tags();
        var connection = fields.make(() -> new Connection(
                new ConnectionId(id),
                name.orElse(local.site() + "-" + remote.site()),
                project,
                local.id(),
                remote.id(),
                fields.findChoice("service", Service.class).orElse(Service.L2),
                fields.findInteger("bandwidth_mbps"),
                fields.findNumber("max_latency_ms"),
                fields.findChoice("encryption", Encryption.class).orElse(Encryption.NONE),
                fields.findObject("path").map(this::path).orElse(PathConstraints.NONE),
                fields.findInteger("mtu"),
                fields.findChoice("address_policy", AddressPolicy.class).orElse(AddressPolicy.REJECT_OVERLAP),
                fields.findChoice("on_failure", OnFailure.class).orElse(OnFailure.ROLLBACK),
                fields.findTruth("admin_state_up").orElse(true),
                expiry(fields),
                fields.findChoice("drift_policy", DriftPolicy.class).orElse(DriftPolicy.REPAIR)));
        fields.end(READ_ONLY);
        return new Asked(connection, local, remote, List.copyOf(inline), tags);
    }

    private Endpoint endpoint(
            Fields fields, String field, String project, String otherwiseNamed, List<Endpoint> inline) {
        if (fields.require(field).isObject()) {
            var endpoint = endpointReader.read(fields.object(field), RequestScope.newId(), project, otherwiseNamed);
            inline.add(endpoint);
            return endpoint;
        }
        var text = fields.text(field);
        return Request.uuid(text)
                .flatMap(endpoints::find)
                .map(Stored::value)
                .filter(endpoint -> endpoint.projectId().equals(project))
                .orElseThrow(() -> new Problem.NotFound(
                        ProblemCode.ENDPOINT_NOT_FOUND, fields.pointer(field), "there is no endpoint " + text));
    }

    PathConstraints path(Fields fields) {
        var path = fields.make(() -> new PathConstraints(
                sites.findAll(fields, "include_sites"),
                sites.findAll(fields, "avoid_sites"),
                fields.texts("avoid_failure_domains"),
                connectionId(fields, "disjoint_from")));
        fields.end(Set.of("sites", "links", "latency_ms", "in_use"));
        return path;
    }

    private static Optional<ConnectionId> connectionId(Fields fields, String field) {
        return fields.findText(field)
                .map(text -> Request.uuid(text)
                        .map(ConnectionId::new)
                        .orElseThrow(() -> fields.invalid(field, field + " is the id of a connection")));
    }

    /** When it shall end; a time that is over is a mistake. */
    Optional<Instant> expiry(Fields fields) {
        var time = fields.findValue("expires_at", ConnectionReader::time);
        if (time.filter(end -> !end.isAfter(clock.instant())).isPresent()) {
            throw fields.invalid("expires_at", "expires_at is over: give a time in the future");
        }
        return time;
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            throw new IllegalArgumentException("a time is written as in RFC 3339: " + text, unreadable);
        }
    }
}
