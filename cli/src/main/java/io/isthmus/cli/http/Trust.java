package io.isthmus.cli.http;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which servers are believed to be what they say.
 *
 * @param cacert a PEM file with the certificates to trust instead of the system's
 * @param verify whether certificates are looked at at all; without it, whoever is on the way can read and change everything
 */
public record Trust(Optional<Path> cacert, boolean verify) {
    public static final Trust SYSTEM = new Trust(Optional.empty(), true);
}
