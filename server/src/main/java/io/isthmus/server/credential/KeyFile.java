package io.isthmus.server.credential;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

/**
 * The file with the keys that seal secrets: a keyset of Tink's, of which one key is the primary that seals and the others
 * only open. Only its owner may read it. It is replaced as a whole: after a crash it is the old one or the new one.
 */
public final class KeyFile {
    private final Path file;

    public KeyFile(Path file) {
        this.file = file.toAbsolutePath();
        try {
            AeadConfig.register();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /** Makes the file with a first key; refuses to touch one that is there. */
    public void create() {
        if (exists()) {
            throw new IllegalArgumentException(file + " is there already");
        }
        try {
            replace(KeysetHandle.generateNew(PredefinedAeadParameters.XCHACHA20_POLY1305, RegistryConfiguration.get()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The keys in the file.
     *
     * @throws IllegalArgumentException if there is no such file, others may read it, or it holds no keys
     */
    public KeysetHandle read() {
        if (!exists()) {
            throw new IllegalArgumentException("there is no key file " + file
                    + "; restore it from where you keep it, or make a first one with" + " --create-credential-key");
        }
        try {
            var permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            if (!permissions.endsWith("------")) {
                throw new IllegalArgumentException(
                        file + " holds keys, but others may read or write it; run: chmod 600 " + file);
            }
            return TinkJsonProtoKeysetFormat.parseKeyset(
                    Files.readString(file), RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException notAKeyset) {
            // Tink's own message may quote the file.
            throw new IllegalArgumentException(file + " is no key file of Isthmus's");
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    /** Puts these keys in place of what is there; they are on the disk when this returns. */
    void replace(KeysetHandle keys) {
        var next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.deleteIfExists(next);
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            var text = TinkJsonProtoKeysetFormat.serializeKeyset(
                    keys, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
            try (var out = FileChannel.open(next, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            var folder = file.getParent();
            if (folder != null) {
                try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                    directory.force(true);
                }
            }
        } catch (IOException cannotWrite) {
            throw new UncheckedIOException("cannot write " + file, cannotWrite);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
