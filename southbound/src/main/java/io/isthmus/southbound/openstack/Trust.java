package io.isthmus.southbound.openstack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS with servers that show a certificate of certain issuers. */
final class Trust {
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(2);
    private static final int TLS_RECORD_HANDSHAKE = 22;
    private static final int TLS_RECORD_ALERT = 21;

    private Trust() {}

    /** Trusts these issuers and no other. */
    static SSLContext only(String pem) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            // A site's certificates were read when the site was described.
            throw new IllegalArgumentException("ca_certificate cannot be used", unusable);
        }
    }

    /** Whether the server at a URL answers a TLS greeting in TLS. Nothing that it says is believed, and nothing is told it. */
    static boolean isSpokenAt(URI url, Duration limit) {
        // A record of a handshake with an empty message: a server that speaks TLS answers with an alert.
        int first = firstByteOfAnswer(url, 80, new byte[] {TLS_RECORD_HANDSHAKE, 3, 1, 0, 4, 1, 0, 0, 0}, limit);
        return first == TLS_RECORD_ALERT || first == TLS_RECORD_HANDSHAKE;
    }

    /** Whether the server at a URL answers plain HTTP. */
    static boolean isMissingAt(URI url, Duration limit) {
        var question = "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        return firstByteOfAnswer(url, 443, question, limit) == 'H';
    }

    /** Negative if none comes. */
    private static int firstByteOfAnswer(URI url, int usualPort, byte[] question, Duration limit) {
        int millis = (int) Math.max(1, Math.min(limit.toMillis(), LONGEST_PROBE.toMillis()));
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort() < 0 ? usualPort : url.getPort()), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(question);
            socket.getOutputStream().flush();
            return socket.getInputStream().read();
        } catch (IOException | IllegalArgumentException silent) {
            return -1;
        }
    }
}
