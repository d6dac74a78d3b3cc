package io.isthmus.server.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * What the listener proves itself with, read when the node starts.
 *
 * @param certificate PEM, its own certificate first, then those up to the root
 * @param key PEM, PKCS #8 without a password (RFC 5958)
 */
public record Tls(Path certificate, Path key) {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /** @throws IllegalArgumentException if a file cannot be read, or the two do not belong together; names no secret */
    SslContextFactory.Server factory() {
        try (var file = Files.newInputStream(certificate)) {
            var chain = chain(file);
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("isthmus", privateKey(), new char[0], chain);
            var factory = new SslContextFactory.Server();
            factory.setKeyStore(store);
            factory.setKeyStorePassword("");
            factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
            return factory;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(
                    "the certificate %s and the key %s cannot be used together".formatted(certificate, key),
                    unreadable);
        }
    }

    private Certificate[] chain(InputStream file) throws GeneralSecurityException {
        var chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(file)
                .toArray(Certificate[]::new);
        if (chain.length == 0) {
            throw new IllegalArgumentException(certificate + " holds no certificate in PEM");
        }
        return chain;
    }

    private PrivateKey privateKey() throws IOException, GeneralSecurityException {
        var pem = KEY.matcher(Files.readString(key));
        if (!pem.find()) {
            throw new IllegalArgumentException(key
                    + " holds no PKCS #8 key in PEM without a password; make one with: openssl pkcs8 -topk8 -nocrypt");
        }
        var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (var algorithm : ALGORITHMS) {
            var found = find(algorithm, encoded);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new IllegalArgumentException(key + " holds a key of an unknown kind; there are " + ALGORITHMS);
    }

    private static Optional<PrivateKey> find(String algorithm, PKCS8EncodedKeySpec encoded)
            throws GeneralSecurityException {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
        } catch (InvalidKeySpecException anotherKind) {
            return Optional.empty();
        }
    }
}
