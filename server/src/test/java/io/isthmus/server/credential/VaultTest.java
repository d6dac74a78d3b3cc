package io.isthmus.server.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.southbound.Credential;
import io.isthmus.store.Stores;
import io.isthmus.store.credential.SealedCredential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VaultTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    private KeyFile made() {
        var file = new KeyFile(folder.resolve("key"));
        file.create();
        return file;
    }

    @Test
    void theKeyFileIsForItsOwnerAloneAndRefusedWhereItIsNot() throws Exception {
        var file = made();
        var path = folder.resolve("key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThatThrownBy(file::create).hasMessageContaining("is there already");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(file::read).hasMessageContaining("chmod 600");
        assertThatThrownBy(() -> new KeyFile(folder.resolve("none")).read()).hasMessageContaining("no key file");
        var text = folder.resolve("text");
        Files.writeString(text, "{\"key\": \"s3cret\"}");
        Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> new KeyFile(text).read())
                .hasMessageContaining("no key file")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void whatIsSealedOpensInItsPlaceOnly() {
        var vault = Vault.open(made());
        var sealed = vault.seal("credential/a", Map.of("password", "s3cret", "passphrase", "other"));
        assertThat(sealed.toString()).doesNotContain("s3cret", "other");
        assertThat(vault.unseal("credential/a", sealed)).containsEntry("password", "s3cret");
        assertThatThrownBy(() -> vault.unseal("credential/b", sealed)).isInstanceOf(Vault.DoesNotOpen.class);
        var swapped = new TreeMap<String, String>();
        swapped.put("password", Objects.requireNonNull(sealed.get("passphrase")));
        assertThatThrownBy(() -> vault.unseal("credential/a", swapped))
                .isInstanceOf(Vault.DoesNotOpen.class)
                .hasMessageContaining("password of credential/a");
        assertThat(vault.seal("credential/a", Map.of("password", "s3cret")))
                .as("the same secret looks another way each time")
                .isNotEqualTo(vault.seal("credential/a", Map.of("password", "s3cret")));
    }

    private static SealedCredential sealed(Vault vault, String id, String secret) {
        return new SealedCredential(
                id,
                id,
                "keystone_application_credential",
                new TreeMap<>(Map.of("application_credential_id", "app")),
                vault.seal(StoredCredentials.owner(id), Map.of("application_credential_secret", secret)),
                vault.primary());
    }

    private static Optional<Credential> read(Stores stores, KeyFile file, String id) {
        return new StoredCredentials(CredentialsFile.none(), stores.credentials(), Optional.of(Vault.open(file)))
                .find(id);
    }

    @Test
    void rekeyingMayBeBrokenOffAtAnyPointAndGoesOnWhereItWas() {
        var file = made();
        try (var stores = Stores.open(folder.resolve("isthmus.db"))) {
            var first = Vault.open(file);
            for (var id : List.of("a", "b", "c")) {
                stores.credentials().create(sealed(first, id, "secret of " + id), List.of(), NOON);
            }
            var rows = Rekeying.credentials(stores.credentials());
            var brokenOff = new Rekeying(file, List.of(vault -> {
                if (vault.primary() == first.primary()) {
                    return 0;
                }
                var one = stores.credentials().find("a").orElseThrow();
                var secrets =
                        vault.unseal(StoredCredentials.owner("a"), one.value().sealed());
                stores.credentials()
                        .reseal(
                                one.value()
                                        .sealedAnew(vault.seal(StoredCredentials.owner("a"), secrets), vault.primary()),
                                one.revision());
                throw new IllegalStateException("broken off");
            }));
            assertThatThrownBy(brokenOff::rekey).hasMessage("broken off");
            for (var id : List.of("a", "b", "c")) {
                assertThat(read(stores, file, id))
                        .contains(new Credential.ApplicationCredential("app", "secret of " + id));
            }
            var second = Vault.open(file).primary();
            assertThat(second).isNotEqualTo(first.primary());
            var rekeying = new Rekeying(file, List.of(rows));
            assertThat(rekeying.rekey()).as("what was left to do").isEqualTo(2);
            assertThat(Vault.open(file).primary()).isEqualTo(second);
            rekeying.dropOld();
            for (var id : List.of("a", "b", "c")) {
                assertThat(read(stores, file, id))
                        .contains(new Credential.ApplicationCredential("app", "secret of " + id));
                var stored = stores.credentials().find(id).orElseThrow();
                assertThat(stored.value().keyId()).isEqualTo(second);
                assertThat(stored.revision()).as("nobody's change").isEqualTo(1);
            }
            assertThatThrownBy(() -> Vault.open(file)
                            .unseal(
                                    StoredCredentials.owner("a"),
                                    sealed(first, "a", "old").sealed()))
                    .as("the old key is gone")
                    .isInstanceOf(Vault.DoesNotOpen.class);
        }
    }

    @Test
    void aReplacedCredentialCountsAtOnceAndTheFileOfTheNodeComesFirst() {
        var file = made();
        var vault = Vault.open(file);
        try (var stores = Stores.open(folder.resolve("isthmus.db"))) {
            var inFile = new Credential.ApplicationCredential("file", "file");
            var credentials = new StoredCredentials(
                    id -> id.equals("both") ? Optional.of(inFile) : Optional.empty(),
                    stores.credentials(),
                    Optional.of(vault));
            stores.credentials().create(sealed(vault, "both", "x"), List.of(), NOON);
            stores.credentials().create(sealed(vault, "a", "old"), List.of(), NOON);
            assertThat(credentials.find("both")).contains(inFile);
            assertThat(credentials.find("a")).contains(new Credential.ApplicationCredential("app", "old"));
            stores.credentials().replace(sealed(vault, "a", "new"), List.of(), 1, NOON);
            assertThat(credentials.find("a")).contains(new Credential.ApplicationCredential("app", "new"));
            assertThat(credentials.find("nothing")).isEmpty();
        }
    }
}
