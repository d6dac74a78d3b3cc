package io.isthmus.server;

import io.isthmus.server.credential.KeyFile;
import io.isthmus.server.credential.Vault;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stores;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a node's vault when it starts, and says what is wrong where it does not open. */
final class VaultDoor {
    private static final Logger log = LoggerFactory.getLogger(VaultDoor.class);

    private VaultDoor() {}

    static Optional<Vault> open(Optional<Path> keyFile, boolean create, Stores stores) {
        var isSealed = holdsSecrets(stores);
        if (keyFile.isEmpty()) {
            if (isSealed) {
                log.warn("the store holds sealed secrets, and without --credential-key none of them opens");
            }
            return Optional.empty();
        }
        var file = new KeyFile(keyFile.get());
        if (create && !file.exists()) {
            if (isSealed) {
                throw new IllegalArgumentException(
                        "the key file is missing and the store holds secrets that only its keys open; restore "
                                + keyFile.get() + " instead of making a new one");
            }
            file.create();
            log.info("made the key file {}; keep a copy of it apart from the database", keyFile.get());
        }
        return Optional.of(Vault.open(file));
    }

    private static boolean holdsSecrets(Stores stores) {
        return !stores.credentials().list(ListQuery.ALL).isEmpty()
                || !stores.webhooks().list(ListQuery.ALL).isEmpty();
    }
}
