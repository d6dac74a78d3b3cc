package io.isthmus.server.credential;

import io.isthmus.southbound.Credential;
import io.isthmus.southbound.Credentials;
import io.isthmus.store.credential.CredentialStore;
import io.isthmus.store.credential.SealedCredential;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials of the node's file, and after them those of the store. They are read and opened each time one is needed,
 * so that a replaced one counts at once and no secret stays in memory for longer than its use.
 */
public final class StoredCredentials implements Credentials {
    private static final Logger log = LoggerFactory.getLogger(StoredCredentials.class);

    private final Credentials file;
    private final CredentialStore store;
    private final Optional<Vault> vault;

    public StoredCredentials(Credentials file, CredentialStore store, Optional<Vault> vault) {
        this.file = file;
        this.store = store;
        this.vault = vault;
    }

    /** Whose a credential's secrets are, for the vault. */
    public static String owner(String id) {
        return "credential/" + id;
    }

    @Override
    public Optional<Credential> find(String credentialId) {
        return file.find(credentialId).or(() -> store.find(credentialId).flatMap(found -> opened(found.value())));
    }

    private Optional<Credential> opened(SealedCredential sealed) {
        if (vault.isEmpty()) {
            log.warn("credential {} is sealed, and this node has no --credential-key to open it", sealed.id());
            return Optional.empty();
        }
        try {
            var secrets = vault.get().unseal(owner(sealed.id()), sealed.sealed());
            return Optional.of(credential(sealed, secrets));
        } catch (Vault.DoesNotOpen wrongKey) {
            log.warn("{}", wrongKey.getMessage());
            return Optional.empty();
        }
    }

    private static Credential credential(SealedCredential sealed, SortedMap<String, String> secrets) {
        var plain = sealed.plain();
        return switch (sealed.kind()) {
            case "keystone_password" ->
                new Credential.KeystonePassword(
                        text(plain, "username"),
                        text(secrets, "password"),
                        text(plain, "user_domain_name"),
                        text(plain, "project_name"),
                        text(plain, "project_domain_name"));
            case "keystone_application_credential" ->
                new Credential.ApplicationCredential(
                        text(plain, "application_credential_id"), text(secrets, "application_credential_secret"));
            case "ssh_key" ->
                new Credential.SshKey(text(secrets, "private_key"), Optional.ofNullable(secrets.get("passphrase")));
            default -> throw new IllegalStateException("credential " + sealed.id() + " is of kind " + sealed.kind());
        };
    }

    private static String text(SortedMap<String, String> fields, String field) {
        var text = fields.get(field);
        if (text == null) {
            throw new IllegalStateException("a stored credential has no " + field);
        }
        return text;
    }
}
