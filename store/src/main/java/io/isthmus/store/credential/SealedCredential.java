package io.isthmus.store.credential;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What opens a cloud or a gateway, with its secrets sealed.
 *
 * @param id chosen by the operator, as sites and gateways name it
 * @param kind {@code keystone_application_credential}, {@code keystone_password} or {@code ssh_key}
 * @param plain what is no secret, by field
 * @param sealed the secrets, by field; only who has the key can read them
 * @param keyId which of the keys sealed them
 */
public record SealedCredential(
        String id,
        String name,
        String kind,
        SortedMap<String, String> plain,
        SortedMap<String, String> sealed,
        long keyId) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    public SealedCredential {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id must match " + ID + ": " + id);
        }
        plain = Collections.unmodifiableSortedMap(new TreeMap<>(plain));
        sealed = Collections.unmodifiableSortedMap(new TreeMap<>(sealed));
    }

    /** The same under another key. */
    public SealedCredential sealedAnew(SortedMap<String, String> resealed, long key) {
        return new SealedCredential(id, name, kind, plain, resealed, key);
    }
}
