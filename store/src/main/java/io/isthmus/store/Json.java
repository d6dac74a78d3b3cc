package io.isthmus.store;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.site.SiteId;
import io.isthmus.core.site.VlanRange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategy;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * The one way Isthmus writes its words as JSON: names in snake case, enums in lower case, times as RFC 3339 in UTC, values
 * such as CIDRs as text. Reading is strict: what is unknown, missing or null where a value belongs is refused.
 */
public final class Json {
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .annotationIntrospector(new EnumsInLowerCase())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .addModule(words())
            .build();

    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

    private Json() {}

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** How an enum's value is written: {@code reject_overlap}. */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The value that {@link #word} wrote. */
    public static <E extends Enum<E>> E value(String word, Class<E> type) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    /** The text of what is there, or null, as a column takes it. */
    public static @Nullable String writeOptional(Optional<?> value) {
        return value.map(Json::write).orElse(null);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalStateException if the text is not of that type: somebody else wrote it
     */
    public static <T> T read(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JacksonException unreadable) {
            throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", unreadable);
        }
    }

    public static <T> T read(String text, TypeReference<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JacksonException unreadable) {
            throw new IllegalStateException("a stored " + type.getType() + " cannot be read", unreadable);
        }
    }

    public static <T> Optional<T> readOptional(@Nullable String text, Class<T> type) {
        return Optional.ofNullable(text).map(present -> read(present, type));
    }

    public static List<String> readStrings(String text) {
        return read(text, STRINGS);
    }

    private static SimpleModule words() {
        return new SimpleModule("isthmus")
                .addSerializer(SiteId.class, ToStringSerializer.instance)
                .addDeserializer(SiteId.class, text(SiteId.class, SiteId::new))
                .addSerializer(ConnectionId.class, ToStringSerializer.instance)
                .addDeserializer(ConnectionId.class, text(ConnectionId.class, ConnectionId::parse))
                .addSerializer(Cidr.class, ToStringSerializer.instance)
                .addDeserializer(Cidr.class, text(Cidr.class, Cidr::new))
                .addSerializer(IpAddress.class, ToStringSerializer.instance)
                .addDeserializer(IpAddress.class, text(IpAddress.class, IpAddress::new))
                .addSerializer(VlanRange.class, ToStringSerializer.instance)
                .addDeserializer(VlanRange.class, text(VlanRange.class, VlanRange::parse))
                .addSerializer(EndpointNetwork.class, new NetworkWriter())
                .addDeserializer(EndpointNetwork.class, new NetworkReader());
    }

    private static <T> FromStringDeserializer<T> text(Class<T> type, Function<String, T> parse) {
        return new FromStringDeserializer<>(type) {
            @Override
            protected T _deserialize(String value, DeserializationContext context) {
                return parse.apply(value);
            }
        };
    }

    /** {@code REJECT_OVERLAP} is written {@code reject_overlap}. */
    private static final class EnumsInLowerCase extends JacksonAnnotationIntrospector {
        @Override
        public Object findEnumNamingStrategy(MapperConfig<?> config, AnnotatedClass annotated) {
            return (EnumNamingStrategy) (ignoredConfig, ignoredClass, name) -> name.toLowerCase(Locale.ROOT);
        }
    }

    /** Which kind of network it is shows by its fields; only a network to create is wrapped. */
    private static final class NetworkWriter extends StdSerializer<EndpointNetwork> {
        NetworkWriter() {
            super(EndpointNetwork.class);
        }

        @Override
        public void serialize(EndpointNetwork network, JsonGenerator json, SerializationContext context) {
            json.writeStartObject();
            switch (network) {
                case EndpointNetwork.Create create -> {
                    json.writeObjectPropertyStart("create");
                    json.writeStringProperty("cidr", create.cidr().text());
                    json.writePOJOProperty("name", create.name());
                    json.writePOJOProperty("gateway_ip", create.gatewayIp());
                    json.writePOJOProperty("allocation_pool", create.allocationPool());
                    json.writeBooleanProperty("enable_dhcp", create.enableDhcp());
                    json.writeEndObject();
                }
                case EndpointNetwork.Existing existing -> json.writeStringProperty("network_id", existing.networkId());
                case EndpointNetwork.Router router -> {
                    json.writeStringProperty("router_id", router.routerId());
                    json.writePOJOProperty("prefixes", router.prefixes());
                }
                case EndpointNetwork.External external -> {
                    json.writeStringProperty("external_network_id", external.externalNetworkId());
                    json.writeStringProperty("cidr", external.cidr().text());
                }
            }
            json.writeEndObject();
        }
    }
}
