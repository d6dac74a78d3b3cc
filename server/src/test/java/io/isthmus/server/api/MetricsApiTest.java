package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isthmus.core.network.Cidr;
import io.isthmus.server.metrics.Metrics;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MetricsApiTest extends ApiTest {
    @Test
    void requestsAreCountedByRouteAndNotByPath() {
        get("/v1/sites/nowhere").with(404);
        raw("GET", "/no/such/path", "", "application/json");
        await().untilAsserted(() -> assertThat(get("/metrics").with(200).body().asString())
                .contains("isthmus_http_requests_total{method=\"GET\",route=\"/v1/sites/{id}\",status=\"404\"} 1.0")
                .contains("isthmus_http_requests_total{method=\"GET\",route=\"other\",status=\"404\"} 1.0")
                .doesNotContain("nowhere"));
    }

    private int status(Cidr welcome) throws Exception {
        Authentication nobody = headers -> {
            throw new Problem.Unauthorized("nobody is known here");
        };
        var parts = new ApiServer.Parts(
                stores,
                engine,
                SiteHealth.UNKNOWN,
                gateway -> {},
                nobody,
                InstantSource.system(),
                new Observing(new Metrics(), List.of(welcome)));
        try (var other = ApiServer.start(new ApiConfig("127.0.0.1", 0), parts)) {
            var request = HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + other.port() + "/metrics"))
                    .header("X-Forwarded-For", "192.0.2.1");
            return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void addressesThatAreWelcomeNeedNoTokenAndAProxysHeaderMakesNobodyWelcome() throws Exception {
        assertThat(status(new Cidr("127.0.0.0/8"))).isEqualTo(200);
        assertThat(status(new Cidr("192.0.2.0/24"))).isEqualTo(401);
        assertThat(status(new Cidr("::1/128"))).isEqualTo(401);
    }

    @Test
    void aMemberDoesNotReadThem() {
        var member = new Caller("p1", "u1", Set.of("member"), false);
        assertThat(refused(member)).contains(ProblemCode.FORBIDDEN);
        assertThat(refused(new Caller("p1", "u1", Set.of("admin"), false))).isEmpty();
        assertThat(refused(new Caller("", "u1", Set.of("reader"), true))).isEmpty();
    }

    private static Optional<ProblemCode> refused(Caller caller) {
        try {
            Policy.READ_METRICS.check(caller);
            return Optional.empty();
        } catch (Problem problem) {
            return Optional.of(problem.code());
        }
    }
}
