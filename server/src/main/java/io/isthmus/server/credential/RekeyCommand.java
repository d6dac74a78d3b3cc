package io.isthmus.server.credential;

import io.isthmus.store.Stores;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code isthmus server rekey}: another key seals the secrets from now on. */
@Command(
        name = "rekey",
        mixinStandardHelpOptions = true,
        description = {
            "Adds a new key to the key file, seals all secrets of the store by it, and drops the old keys if told.",
            "The node must be stopped meanwhile. It may be broken off at any point: run it again."
        })
public final class RekeyCommand implements Callable<Integer> {
    @Option(names = "--data", defaultValue = "/var/lib/isthmus", description = "Directory of the embedded database.")
    private Path data = Path.of("");

    @Option(names = "--credential-key", required = true, paramLabel = "FILE", description = "The key file.")
    private Path key = Path.of("");

    @Option(names = "--drop-old", description = "Afterwards drop every key but the new one.")
    private boolean dropOld;

    @Override
    public Integer call() {
        var file = new KeyFile(key);
        try (var stores = Stores.open(data.resolve("isthmus.db"))) {
            var rekeying = new Rekeying(
                    file, List.of(Rekeying.credentials(stores.credentials()), Rekeying.webhooks(stores.webhooks())));
            System.out.println("Sealed anew: " + rekeying.rekey());
            if (dropOld) {
                rekeying.dropOld();
                System.out.println("Dropped every key but the new one. Backups from before need the old key file.");
            }
            return 0;
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException wrong) {
            System.err.println("isthmus server rekey: " + wrong.getMessage());
            return 1;
        }
    }
}
