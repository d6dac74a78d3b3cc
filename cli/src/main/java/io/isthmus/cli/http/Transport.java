package io.isthmus.cli.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Makes the HTTP client. */
final class Transport {
    private Transport() {}

    static HttpClient client(URI base, Duration connectLimit) {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectLimit);
        if ("http".equals(base.getScheme())) {
            client.sslContext(trustingNobody());
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
}
