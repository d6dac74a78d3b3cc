package io.isthmus.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.server.credential.KeyFile;
import io.isthmus.server.credential.Vault;
import io.isthmus.store.Stores;
import io.isthmus.store.event.Event;
import io.isthmus.store.webhook.Webhook;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class CourierTest {
    private static final String SECRET = "0123456789-0123456789-0123456789";
    private static final WebhookSettings QUICK =
            new WebhookSettings(3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(2));

    @TempDir
    Path folder;

    private final List<Got> got = new CopyOnWriteArrayList<>();
    private volatile int answer = 204;
    private HttpServer receiver;
    private Stores stores;
    private Vault vault;
    private Courier courier;

    private record Got(String id, String at, String signature, String body) {
        String kind() {
            return new JsonMapper().readTree(body).required("type").asString();
        }
    }

    @BeforeEach
    void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders();
            got.add(new Got(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            if (answer == 302) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        receiver.start();
        var key = new KeyFile(folder.resolve("key"));
        key.create();
        vault = Vault.open(key);
        stores = Stores.open(folder.resolve("isthmus.db"));
        courier = courier();
        courier.start();
    }

    private Courier courier() {
        return new Courier(
                stores.webhooks(),
                stores.events(),
                Optional.of(vault),
                new AllowedAddresses(List.of(new Cidr("127.0.0.0/8"))),
                QUICK,
                InstantSource.system(),
                () -> 0.5);
    }

    @AfterEach
    void stop() {
        courier.close();
        receiver.stop(0);
        stores.close();
    }

    private UUID add(Optional<String> project, String... kinds) {
        var id = UUID.randomUUID();
        var url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
        var sealed = vault.seal(Courier.owner(id), Map.of("secret", SECRET));
        stores.webhooks()
                .create(
                        new Webhook(id, "w", project, url, List.of(kinds), sealed, vault.primary(), true),
                        List.of(),
                        stores.events().last(),
                        20,
                        Instant.now());
        courier.wake(id);
        return id;
    }

    private void happen(String type, String change, String project, int revision) {
        stores.database()
                .write(transaction -> stores.events()
                        .append(
                                transaction,
                                Event.of(
                                        type,
                                        change,
                                        "r1",
                                        project.isEmpty() ? Optional.empty() : Optional.of(project),
                                        revision,
                                        Map.of("status", "active"),
                                        Instant.now())));
    }

    @Test
    void eventsComeInOrderSignedAndOnlyThoseThatAreWanted() throws Exception {
        add(Optional.of("p1"), "connection.*");
        happen("connection", "created", "p1", 1);
        happen("connection", "created", "p2", 1);
        happen("site", "updated", "", 4);
        happen("connection", "updated", "p1", 2);
        await().until(() -> got.size() == 2);
        assertThat(got.stream().map(Got::kind))
                .containsExactly("io.isthmus.connection.created", "io.isthmus.connection.updated");
        var first = got.getFirst();
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var wanted = mac.doFinal((first.id() + "." + first.at() + "." + first.body()).getBytes(StandardCharsets.UTF_8));
        assertThat(first.signature()).isEqualTo("v1," + Base64.getEncoder().encodeToString(wanted));
        var event = new JsonMapper().readTree(first.body());
        assertThat(event.required("specversion").asString()).isEqualTo("1.0");
        assertThat(event.required("id").asString()).isEqualTo(first.id());
        assertThat(event.at("/data/data/status").asString()).isEqualTo("active");
    }

    @Test
    void whatIsNotTakenIsTriedAgainGivenUpAndDeliveredOnceMoreOnRequest() {
        answer = 500;
        var id = add(Optional.empty());
        happen("connection", "created", "p1", 1);
        await().until(() -> stores.webhooks().deadLetters(id, 0, 10).size() == 1);
        assertThat(got).hasSize(3);
        assertThat(got.stream().map(Got::id).distinct()).hasSize(1);
        var letter = stores.webhooks().deadLetters(id, 0, 10).getFirst();
        assertThat(letter.error()).isEqualTo("it answered 500");
        assertThat(letter.attempts()).isEqualTo(3);
        answer = 204;
        happen("connection", "updated", "p1", 2);
        await().until(() -> got.size() == 4);
        assertThat(got.getLast().kind()).isEqualTo("io.isthmus.connection.updated");
        assertThat(stores.webhooks().want(id, List.of(letter.event().seq()))).isEqualTo(1);
        courier.wake(id);
        await().until(() -> stores.webhooks().deadLetters(id, 0, 10).isEmpty());
        assertThat(got.getLast().kind()).isEqualTo("io.isthmus.connection.created");
        assertThat(stores.webhooks().progress(id).orElseThrow().lastError()).isEmpty();
    }

    @Test
    void afterARestartItGoesOnWhereItWas() {
        var id = add(Optional.empty());
        happen("connection", "created", "p1", 1);
        await().until(() -> stores.webhooks().progress(id).orElseThrow().deliveredSeq() == 1);
        courier.close();
        happen("connection", "updated", "p1", 2);
        courier = courier();
        courier.start();
        await().until(() -> got.size() == 2);
        assertThat(got.getLast().kind()).isEqualTo("io.isthmus.connection.updated");
    }

    @Test
    void redirectsAreNotFollowed() {
        answer = 302;
        var id = add(Optional.empty());
        happen("site", "created", "", 1);
        await().until(() -> !stores.webhooks().deadLetters(id, 0, 10).isEmpty());
        assertThat(stores.webhooks().deadLetters(id, 0, 10).getFirst().error()).isEqualTo("it answered 302");
    }

    @Test
    void onlyPublicAddressesAndThoseAllowedAreSentTo() {
        var strict = new AllowedAddresses(List.of(new Cidr("10.1.0.0/16")));
        for (var address : List.of(
                "127.0.0.1",
                "10.2.0.1",
                "169.254.169.254",
                "192.168.1.1",
                "100.64.0.1",
                "0.0.0.0",
                "::1",
                "fe80::1",
                "fd00::1",
                "::ffff:127.0.0.1",
                "64:ff9b::7f00:1",
                "224.0.0.1",
                "255.255.255.255")) {
            assertThat(strict.isAllowed(new IpAddress(address))).as(address).isFalse();
        }
        for (var address : List.of("10.1.2.3", "8.8.8.8", "2606:4700::1111")) {
            assertThat(strict.isAllowed(new IpAddress(address))).as(address).isTrue();
        }
        assertThat(strict.refusal(URI.create("http://[::1]:80/"))).isPresent();
        assertThat(strict.refusal(URI.create("http://2130706433/"))).isPresent();
        assertThat(strict.refusal(URI.create("http://no-such-host.invalid/"))).isPresent();
    }
}
