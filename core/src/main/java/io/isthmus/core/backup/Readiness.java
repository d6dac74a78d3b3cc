package io.isthmus.core.backup;

import java.util.Optional;

/**
 * Whether what a spare is built from is at a site, or can be brought there.
 *
 * @param image empty where the spare needs none
 */
public record Readiness(Part flavor, Optional<Part> image) {

    /** One thing that a spare is built from. */
    public sealed interface Part {
        /** It is there. */
        record Present() implements Part {}

        /** It is not there, but what takes it is. */
        record Copyable() implements Part {}

        /** It is not there and cannot be brought there. */
        record Missing(String reason) implements Part {}
    }
}
