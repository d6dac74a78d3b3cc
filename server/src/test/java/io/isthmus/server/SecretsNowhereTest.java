package io.isthmus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import com.sun.net.httpserver.HttpServer;
import io.isthmus.southbound.openstack.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A whole node at work with planted secrets; then everything that it wrote, answered and sent is searched for them. */
final class SecretsNowhereTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String WRONG = "planted-wrong-secret-91bc77";
    private static final String PASSPHRASE = "planted-passphrase-55e0aa";
    private static final String KEY_BODY = "cGxhbnRlZC1wcml2YXRlLWtleS1ib2R5LWQ0ZTU";
    private static final String WEBHOOK = "planted-webhook-secret-0123456789";

    @TempDir
    Path folder;

    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    /** Hears every log line of ours, and what libraries write in production. */
    private final class Log extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            said.add(event.getFormattedMessage() + event.getMDCPropertyMap());
            for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                said.add(String.valueOf(cause.getMessage()));
            }
        }
    }

    @Test
    void noSecretIsInLogsStoreRepliesEventsAuditMetricsOrWhatWebhooksAreSent() throws IOException {
        var log = new Log();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var ours = (Logger) LoggerFactory.getLogger("io.isthmus");
        var before = ours.getLevel();
        log.setContext(root.getLoggerContext());
        log.start();
        root.addAppender(log);
        ours.setLevel(Level.TRACE);
        var receiver = receiver();
        String token;
        try (var world = new NodeWorld(folder, said::add)) {
            token = world.token();
            work(world.described(), receiver.getAddress().getPort());
        } finally {
            ours.setLevel(before);
            root.detachAppender(log);
            receiver.stop(0);
        }
        addFiles();
        var everything = String.join("\n", said);
        assertThat(everything)
                .as("the run left traces")
                .contains("createConnection", "isthmus_http_requests", "connection.created", "SQLite format 3");
        var key = NodeWorld.privateKey();
        for (var secret : List.of(
                NodeWorld.CLOUD_PASSWORD,
                NodeWorld.SERVICE_PASSWORD,
                token,
                key.substring(key.length() / 2, key.length() / 2 + 40).replace("\n", ""),
                WRONG,
                PASSPHRASE,
                KEY_BODY,
                WEBHOOK)) {
            isNowhere(secret, everything);
        }
    }

    private HttpServer receiver() throws IOException {
        var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            said.add(exchange.getRequestHeaders().entrySet()
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        receiver.start();
        return receiver;
    }

    /** What lies on the disk, but for the key file, which is no secret of anybody's cloud. */
    private void addFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                said.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static void isNowhere(String secret, String everything) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        assertThat(everything.contains(secret)).as(secret).isFalse();
        assertThat(everything.contains(HexFormat.of().formatHex(bytes)))
                .as("hex of " + secret)
                .isFalse();
        // Wherever it may begin within other bytes: the middle of its base64 looks one of three ways.
        for (int shift = 0; shift < 3; shift++) {
            var shifted = new byte[bytes.length + shift];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            var text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            assertThat(everything.contains(text.substring(4, text.length() - 2)))
                    .as("base64 of " + secret)
                    .isFalse();
        }
    }

    private void work(NodeWorld world, int receiver) {
        mistakes(world);
        var webhook = world.send("POST", "/v1/webhooks", """
                {"url": "http://127.0.0.1:%d/", "secret": "%s"}""".formatted(receiver, WEBHOOK), 201);
        var id = world.connect("10.64.0.0/24");
        world.waitFor(id, "active");
        world.send("PATCH", "/v1/connections/" + id, "{\"bandwidth_mbps\": 20}", 202);
        world.waitFor(id, "active");
        world.send("POST", "/v1/connections/" + id + "/verify", "", 0);
        world.send("POST", "/v1/connections/" + id + "/diagnose", "", 0);
        world.neutronD().failNext(Fault.ERROR_500, 3);
        world.send("POST", "/v1/connections/" + id + "/reconcile", "", 202);
        world.restart();
        world.send("PUT", "/v1/credentials/clouds", """
                {"kind": "keystone_application_credential", "application_credential_id": "a",
                 "application_credential_secret": "%s"}""".formatted(WRONG), 0);
        var refused = world.connect("10.65.0.0/24");
        await().atMost(LIMIT)
                .until(() -> world.send("GET", "/v1/connections/" + refused, "", 200)
                        .toString()
                        .contains("credential_refused"));
        world.send("PUT", "/v1/credentials/clouds", """
                {"kind": "keystone_password", "username": "isthmus", "project_name": "georedundancy", "password": "%s"}""".formatted(NodeWorld.CLOUD_PASSWORD), 0);
        world.delete(refused);
        world.delete(id);
        await("webhook").atMost(LIMIT).until(() -> said.stream().anyMatch(text -> text.contains("cloudevents")));
        for (var path : List.of(
                "/v1/credentials",
                "/v1/webhooks/" + webhook.path("id").asString() + "/dead-letters",
                "/v1/webhooks",
                "/v1/sites",
                "/v1/events",
                "/v1/operations",
                "/v1/connections",
                "/v1/quotas",
                "/metrics")) {
            world.send("GET", path, "", 200);
        }
        await("audit")
                .atMost(LIMIT)
                .until(() -> world.send("GET", "/v1/audit", "", 200).toString().contains("createConnection"));
    }

    /** What people do wrong with secrets: each is refused, and none is said again. */
    private static void mistakes(NodeWorld world) {
        world.send("POST", "/v1/credentials", """
                {"id": "key", "kind": "ssh_key", "passphrase": "%s", "private_key":
                 "-----BEGIN OPENSSH PRIVATE KEY-----\\n%s\\n-----END OPENSSH PRIVATE KEY-----\\n"}""".formatted(PASSPHRASE, KEY_BODY), 0);
        world.send("POST", "/v1/credentials", """
                {"id": "wrong", "kind": "keystone_application_credential", "application_credential_id": "a", "nonsense": 1,
                 "application_credential_secret": "%s"}""".formatted(WRONG), 400);
        world.send("POST", "/v1/credentials", """
                {"id": "wrong", "kind": "keystone_password", "username": "x", "password": ["%s"]}""".formatted(WRONG), 400);
        world.send("POST", "/v1/credentials", "{\"id\": \"wrong\", \"password\": \"%s\" ".formatted(WRONG), 400);
        world.send("POST", "/v1/webhooks", """
                {"url": "ftp://x/", "secret": "%s"}""".formatted(WEBHOOK), 0);
    }
}
