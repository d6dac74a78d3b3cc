package io.isthmus.store;

import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads an endpoint's network as {@link Json} wrote it. */
final class NetworkReader extends StdDeserializer<EndpointNetwork> {
    NetworkReader() {
        super(EndpointNetwork.class);
    }

    @Override
    public EndpointNetwork deserialize(JsonParser parser, DeserializationContext context) {
        JsonNode node = context.readTree(parser);
        if (node.has("create")) {
            return create(node.get("create"));
        }
        if (node.has("network_id")) {
            return new EndpointNetwork.Existing(node.get("network_id").asString());
        }
        if (node.has("router_id")) {
            return new EndpointNetwork.Router(
                    node.get("router_id").asString(),
                    node.get("prefixes")
                            .valueStream()
                            .map(each -> new Cidr(each.asString()))
                            .toList());
        }
        return new EndpointNetwork.External(
                node.required("external_network_id").asString(),
                new Cidr(node.required("cidr").asString()));
    }

    private static EndpointNetwork.Create create(JsonNode node) {
        return new EndpointNetwork.Create(
                new Cidr(node.required("cidr").asString()),
                present(node, "name").map(JsonNode::asString),
                present(node, "gateway_ip").map(JsonNode::asString).map(IpAddress::new),
                present(node, "allocation_pool")
                        .map(pool -> new AddressRange(
                                new IpAddress(pool.required("start").asString()),
                                new IpAddress(pool.required("end").asString()))),
                node.required("enable_dhcp").asBoolean());
    }

    private static Optional<JsonNode> present(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).filter(value -> !value.isNull());
    }
}
