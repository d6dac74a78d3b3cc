package io.isthmus.server.credential;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.isthmus.server.webhook.Courier;
import io.isthmus.store.ListQuery;
import io.isthmus.store.credential.CredentialStore;
import io.isthmus.store.webhook.WebhookStore;
import java.security.GeneralSecurityException;
import java.util.List;

/**
 * Puts a new key in place of the old one, in an order in which it may be broken off at any point and begun again: first the
 * new key is beside the old one in the file, then row after row is sealed by it, and only when none needs the old one may
 * that be dropped.
 *
 * <pre>
 * file: old            rows: old
 * file: old, new*      rows: old           a new primary; the old one still opens
 * file: old, new*      rows: old and new   row after row
 * file: old, new*      rows: new
 * file: new*           rows: new           on request
 * </pre>
 */
public final class Rekeying {
    private final KeyFile file;
    private final List<SealedRows> all;

    /** One kind of thing that holds sealed secrets. */
    public interface SealedRows {
        /** Seals anew what another key than the vault's primary has sealed; answers how many that were. */
        int reseal(Vault vault);
    }

    public Rekeying(KeyFile file, List<SealedRows> all) {
        this.file = file;
        this.all = List.copyOf(all);
    }

    /** The credentials of a store. */
    public static SealedRows credentials(CredentialStore store) {
        return vault -> {
            int resealed = 0;
            for (var stored : store.list(ListQuery.ALL)) {
                var credential = stored.value();
                if (credential.keyId() == vault.primary()) {
                    continue;
                }
                var owner = StoredCredentials.owner(credential.id());
                var secrets = vault.unseal(owner, credential.sealed());
                var anew = credential.sealedAnew(vault.seal(owner, secrets), vault.primary());
                resealed += store.reseal(anew, stored.revision()) ? 1 : 0;
            }
            return resealed;
        };
    }

    /** The webhooks of a store. */
    public static SealedRows webhooks(WebhookStore store) {
        return vault -> {
            int resealed = 0;
            for (var stored : store.list(ListQuery.ALL)) {
                var webhook = stored.value();
                if (webhook.keyId() == vault.primary()) {
                    continue;
                }
                var owner = Courier.owner(webhook.id());
                var secrets = vault.unseal(owner, webhook.sealed());
                var anew = webhook.sealedAnew(vault.seal(owner, secrets), vault.primary());
                resealed += store.reseal(anew, stored.revision()) ? 1 : 0;
            }
            return resealed;
        };
    }

    /** Adds a new primary key, unless an earlier rekeying was broken off, which is then finished; answers how many rows changed. */
    public int rekey() {
        var keys = file.read();
        var leftOver = finish(new Vault(keys));
        if (leftOver > 0) {
            return leftOver;
        }
        file.replace(withNewPrimary(keys));
        return finish(new Vault(file.read()));
    }

    /** Drops every key but the primary, which by then has sealed everything. */
    public void dropOld() {
        var keys = file.read();
        finish(new Vault(keys));
        var alone = KeysetHandle.newBuilder();
        for (int at = 0; at < keys.size(); at++) {
            var entry = keys.getAt(at);
            if (entry.isPrimary()) {
                alone.addEntry(KeysetHandle.importKey(entry.getKey())
                        .withFixedId(entry.getId())
                        .makePrimary());
            }
        }
        try {
            file.replace(alone.build());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private int finish(Vault vault) {
        return all.stream().mapToInt(rows -> rows.reseal(vault)).sum();
    }

    private static KeysetHandle withNewPrimary(KeysetHandle keys) {
        try {
            return KeysetHandle.newBuilder(keys)
                    .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.XCHACHA20_POLY1305)
                            .withRandomId()
                            .makePrimary())
                    .build();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
