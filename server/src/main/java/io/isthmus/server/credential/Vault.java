package io.isthmus.server.credential;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Seals secrets and opens them. Each is bound to whose it is and to its field, so that a sealed secret that was put in
 * another place does not open.
 */
public final class Vault {
    private final Aead aead;
    private final long primary;

    Vault(KeysetHandle keys) {
        try {
            this.aead = keys.getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException notForThis) {
            throw new IllegalArgumentException("the key file's keys are of another kind");
        }
        this.primary = keys.getPrimary().getId();
    }

    public static Vault open(KeyFile file) {
        return new Vault(file.read());
    }

    /** Which key seals. */
    public long primary() {
        return primary;
    }

    /**
     * Seals secrets by field.
     *
     * @param owner whose they are, such as {@code credential/openstack-b}
     */
    public SortedMap<String, String> seal(String owner, Map<String, String> secrets) {
        var sealed = new TreeMap<String, String>();
        secrets.forEach((field, secret) -> {
            try {
                sealed.put(
                        field,
                        Base64.getEncoder()
                                .encodeToString(
                                        aead.encrypt(secret.getBytes(StandardCharsets.UTF_8), place(owner, field))));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("a secret could not be sealed", impossible);
            }
        });
        return sealed;
    }

    /**
     * Opens what {@link #seal} sealed for the same owner.
     *
     * @throws DoesNotOpen if it was changed, sealed for another place, or by a key that is not here
     */
    public SortedMap<String, String> unseal(String owner, Map<String, String> sealed) {
        var secrets = new TreeMap<String, String>();
        sealed.forEach((field, text) -> {
            try {
                secrets.put(
                        field,
                        new String(
                                aead.decrypt(Base64.getDecoder().decode(text), place(owner, field)),
                                StandardCharsets.UTF_8));
            } catch (GeneralSecurityException | IllegalArgumentException wrong) {
                throw new DoesNotOpen(owner, field);
            }
        });
        return secrets;
    }

    private static byte[] place(String owner, String field) {
        return ("isthmus/" + owner + "/" + field).getBytes(StandardCharsets.UTF_8);
    }

    /** A sealed secret that the keys at hand do not open. */
    public static final class DoesNotOpen extends IllegalStateException {
        private static final long serialVersionUID = 1;

        DoesNotOpen(String owner, String field) {
            super("%s of %s does not open with the keys of this node's key file".formatted(field, owner));
        }
    }
}
