package io.isthmus.southbound;

import io.isthmus.core.backup.RunningVnf;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Cloud;
import java.util.List;
import java.util.Optional;

/** Reads servers of clouds, and what spares of them are built from. Changes nothing. */
public interface SpareReader {
    /** Reads the servers, whoever's, that have the id or exactly the name; refused with {@code compute_missing} without a Nova. */
    default Outcome<List<RunningVnf>> servers(Cloud cloud, String idOrName) throws InterruptedException {
        return notRead();
    }

    /** Reads an image; empty if there is none with the id. */
    default Outcome<Optional<FoundImage>> image(Cloud cloud, String imageId) throws InterruptedException {
        return notRead();
    }

    /** Tells whether the cloud has an image with the same id, or with the same data. */
    default Outcome<Boolean> hasImage(Cloud cloud, FoundImage image) throws InterruptedException {
        return notRead();
    }

    /** Tells whether the cloud has a flavour, whatever its name, with exactly these resources. */
    default Outcome<Boolean> hasFlavor(Cloud cloud, Capacity resources) throws InterruptedException {
        return notRead();
    }

    private static <T> Outcome<T> notRead() {
        return new Outcome.Refused<>(
                new Failure("compute_missing", "this driver does not read servers", "Say what the VNF needs."));
    }
}
