package io.isthmus.server.credential;

import io.isthmus.southbound.Credential;
import io.isthmus.southbound.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Credentials in a YAML file that only its owner may read, by id:
 *
 * <pre>
 * openstack-b:
 *   type: keystone_password          # or keystone_application_credential, ssh_key
 *   username: isthmus
 *   password: …
 *   project_name: service
 * gateway-b:
 *   type: ssh_key
 *   private_key_file: /etc/isthmus/gateway-b.key
 * </pre>
 *
 * It is read when the node starts. Error messages name the entry and the field, never a value.
 */
public final class CredentialsFile implements Credentials {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Map<String, Credential> byId;

    private CredentialsFile(Map<String, Credential> byId) {
        this.byId = Map.copyOf(byId);
    }

    /** One entry as it is written. */
    private record Entry(
            @Nullable String type,
            @Nullable String username,
            @Nullable String password,
            @Nullable String userDomainName,
            @Nullable String projectName,
            @Nullable String projectDomainName,
            @Nullable String id,
            @Nullable String secret,
            @Nullable String privateKeyFile,
            @Nullable String passphrase) {}

    public static CredentialsFile none() {
        return new CredentialsFile(Map.of());
    }

    /** Reads the file; throws {@link IllegalArgumentException} naming the entry and the field that is wrong. */
    public static CredentialsFile read(Path file) {
        try {
            for (var permission : Files.getPosixFilePermissions(file)) {
                if (OTHERS.contains(permission)) {
                    throw new IllegalArgumentException(
                            file + " holds secrets but others may read or write it; run: chmod 600 " + file);
                }
            }
            var type = MAPPER.getTypeFactory().constructMapType(HashMap.class, String.class, Entry.class);
            Map<String, Entry> entries = MAPPER.readValue(Files.readString(file), type);
            var byId = new HashMap<String, Credential>();
            entries.forEach((id, entry) -> byId.put(id, credential(id, entry, file)));
            return new CredentialsFile(byId);
        } catch (JacksonException malformed) {
            var where = malformed.getLocation();
            // Jackson's own message may quote the file's text, which is secret.
            throw new IllegalArgumentException("%s is no credentials file: line %d, column %d"
                    .formatted(file, where.getLineNr(), where.getColumnNr()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    @Override
    public Optional<Credential> find(String credentialId) {
        return Optional.ofNullable(byId.get(credentialId));
    }

    private static Credential credential(String id, Entry entry, Path file) {
        var type = needed(id, "type", entry.type());
        return switch (type) {
            case "keystone_password" ->
                new Credential.KeystonePassword(
                        needed(id, "username", entry.username()),
                        needed(id, "password", entry.password()),
                        Optional.ofNullable(entry.userDomainName()).orElse("Default"),
                        needed(id, "project_name", entry.projectName()),
                        Optional.ofNullable(entry.projectDomainName()).orElse("Default"));
            case "keystone_application_credential" ->
                new Credential.ApplicationCredential(
                        needed(id, "id", entry.id()), needed(id, "secret", entry.secret()));
            case "ssh_key" -> {
                var key = file.toAbsolutePath().resolveSibling(needed(id, "private_key_file", entry.privateKeyFile()));
                yield new Credential.SshKey(readKey(id, key), Optional.ofNullable(entry.passphrase()));
            }
            default ->
                throw new IllegalArgumentException(
                        "credential %s has type %s; it must be keystone_password, keystone_application_credential or ssh_key"
                                .formatted(id, type));
        };
    }

    private static String readKey(String id, Path key) {
        try {
            return Files.readString(key);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "credential %s: private_key_file %s cannot be read".formatted(id, key), unreadable);
        }
    }

    private static String needed(String id, String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("credential %s has no %s".formatted(id, field));
        }
        return value;
    }
}
