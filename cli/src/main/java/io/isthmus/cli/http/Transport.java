package io.isthmus.cli.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes the HTTP client. */
public final class Transport {
    private Transport() {}

    /** @param trusted a PEM file with the certificates to trust instead of the system's */
    public static HttpClient client(URI base, Duration connectLimit, Optional<Path> trusted) {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectLimit);
        if ("http".equals(base.getScheme())) {
            client.sslContext(trustingNobody());
        } else {
            trusted.ifPresent(file -> client.sslContext(trusting(file)));
        }
        return client.build();
    }

    /** For plain HTTP only: spares the time that reading the system's certificates takes. */
    private static SSLContext trustingNobody() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext trusting(Path file) {
        try (var bytes = Files.newInputStream(file)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
                store.setCertificateEntry("trusted-" + store.size(), certificate);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw Failure.usage(
                    "Cannot read certificates from " + file + ".", "hint: it is OS_CACERT, or cacert of the cloud");
        }
    }
}
