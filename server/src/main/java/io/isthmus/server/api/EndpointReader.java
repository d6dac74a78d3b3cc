package io.isthmus.server.api;

import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Reads endpoints from requests, on their own or within a connection. */
final class EndpointReader {
    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "project_id",
            "connection_id",
            "role",
            "network_id",
            "subnet_id",
            "segmentation_id",
            "mtu",
            "status",
            "created_at",
            "updated_at",
            "revision");
    private static final List<String> KINDS = List.of("create", "network_id", "router_id", "external_network_id");

    private final SiteLookup sites;

    EndpointReader(SiteLookup sites) {
        this.sites = sites;
    }

    /** An endpoint; {@code otherwiseNamed} where it has no name. Tags must have been read before. */
    Endpoint read(Fields fields, UUID id, String project, String otherwiseNamed) {
        var site = sites.find(fields, "site");
        var name = fields.findText("name").filter(text -> !text.isBlank()).orElse(otherwiseNamed);
        var network = network(fields.object("network"));
        fields.end(READ_ONLY);
        return new Endpoint(
                id,
                name,
                project,
                site.id(),
                network,
                RequestScope.currentCaller().isAdmin());
    }

    private static EndpointNetwork network(Fields fields) {
        var kinds = KINDS.stream().filter(fields::has).toList();
        if (kinds.size() != 1) {
            throw new Problem.Invalid(
                    kinds.isEmpty() ? ProblemCode.MISSING_FIELD : ProblemCode.INVALID_VALUE,
                    fields.pointer(),
                    "a network has exactly one of " + KINDS);
        }
        var network = switch (kinds.getFirst()) {
            case "create" -> create(fields.object("create"));
            case "network_id" -> new EndpointNetwork.Existing(fields.text("network_id"));
            case "router_id" ->
                new EndpointNetwork.Router(fields.text("router_id"), fields.values("prefixes", Cidr::new));
            default ->
                new EndpointNetwork.External(fields.text("external_network_id"), fields.value("cidr", Cidr::new));
        };
        fields.end();
        return network;
    }

    private static EndpointNetwork.Create create(Fields fields) {
        var create = fields.make(() -> new EndpointNetwork.Create(
                fields.value("cidr", Cidr::new),
                fields.findText("name").filter(name -> !name.isBlank()),
                fields.findValue("gateway_ip", IpAddress::new),
                fields.findObject("allocation_pool").map(EndpointReader::pool),
                fields.findTruth("enable_dhcp").orElse(false)));
        fields.end();
        return create;
    }

    private static AddressRange pool(Fields fields) {
        var pool = fields.make(
                () -> new AddressRange(fields.value("start", IpAddress::new), fields.value("end", IpAddress::new)));
        fields.end();
        return pool;
    }
}
