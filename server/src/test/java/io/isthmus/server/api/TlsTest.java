package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.store.Stores;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    /** A certificate for 127.0.0.1 that signs itself, by the JDK's own keytool. */
    private KeyStore made(String algorithm) throws Exception {
        var file = folder.resolve(algorithm + ".p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=isthmus",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        try (var bytes = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(bytes, PASSWORD);
            return store;
        }
    }

    private Tls tls(KeyStore store) throws Exception {
        var certificate = pem("CERTIFICATE", store.getCertificate("a").getEncoded());
        return new Tls(
                certificate, pem("PRIVATE KEY", store.getKey("a", PASSWORD).getEncoded()));
    }

    private Path pem(String what, byte[] bytes) throws Exception {
        return Files.writeString(
                folder.resolve(what + ".pem"),
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                        .formatted(what, Base64.getMimeEncoder().encodeToString(bytes)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void whoTrustsTheCertificateIsServed(String algorithm) throws Exception {
        var store = made(algorithm);
        try (var stores = Stores.open(folder.resolve("isthmus.db"));
                var server = ApiServer.start(
                        new ApiConfig("127.0.0.1", 0, Optional.of(tls(store))),
                        new ApiServer.Parts(
                                stores,
                                new FakeEngine(),
                                SiteHealth.UNKNOWN,
                                gateway -> {},
                                new NoAuthentication(),
                                InstantSource.system()));
                var trusting = HttpClient.newBuilder().sslContext(trust(store)).build();
                var strange = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/v1/sites"))
                    .build();
            assertThat(trusting.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> strange.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    private static SSLContext trust(KeyStore store) throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", store.getCertificate("a"));
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    @Test
    void whatIsNoKeyIsRefusedWithAdviceAndNotQuoted() throws Exception {
        var good = tls(made("EC"));
        var encrypted = pem("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3});
        assertThatThrownBy(() -> new Tls(good.certificate(), encrypted).factory())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("openssl pkcs8")
                .hasMessageNotContaining("AQID");
        assertThatThrownBy(() -> new Tls(good.key(), good.key()).factory())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tls(folder.resolve("nothing.pem"), good.key()).factory())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing.pem");
    }
}
