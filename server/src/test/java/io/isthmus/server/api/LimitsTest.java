package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that no handler gets to see are refused like all others. */
@Timeout(60)
final class LimitsTest extends ApiTest {
    /** One request in 28 hours beyond the burst, so that no test runs into the next one. */
    private static final int BURST = 30;

    @Override
    ApiLimits limits() {
        return new ApiLimits(1, BURST, 2, 3, Duration.ofSeconds(5));
    }

    /** Sends bytes as they are and reads until the server closes. */
    private String exchange(byte[] request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private String exchange(String request) throws IOException {
        return exchange(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void isProblem(String reply, int status, String code) {
        var parts = reply.split("\r\n\r\n", 2);
        assertThat(parts[0]).startsWith("HTTP/1.1 " + status);
        assertThat(parts[0]).contains("X-Openstack-Request-Id: req-", "OpenStack-API-Version: georedundancy 1.0");
        assertThat(parts[0]).contains("Vary: OpenStack-API-Version", "Content-Type: application/problem+json");
        var body = parts[1].substring(parts[1].indexOf('{'), parts[1].lastIndexOf('}') + 1);
        var problem = JSON.readTree(body);
        assertThat(problem.required("code").asString()).isEqualTo(code);
        assertThat(problem.required("status").asInt()).isEqualTo(status);
        assertThat(parts[0]).contains(problem.required("request_id").asString());
        assertThat(Contract.SERVED.schema("Problem").validate(problem)).isEmpty();
    }

    @Test
    void whatIsTooLongIsRefusedByItsName() throws Exception {
        isProblem(
                exchange("GET /v1/sites?name=" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
                414,
                "uri_too_long");
        isProblem(
                exchange("GET /v1/sites HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n"),
                431,
                "headers_too_large");
        isProblem(
                exchange("POST /v1/sites HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2000000\r\n\r\n"
                        + "x".repeat(2_000_000)),
                413,
                "body_too_large");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no request at all",
                "GET /v1/sites",
                "GET /v1/sites HTTP/1.1\r\n\r\n",
                "GET /v1/sites HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                "POST /v1/sites HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /v1/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /v1/../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET sites HTTP/1.1\r\nHost: a\r\n\r\n"
            })
    void whatIsNotHttpIsABadRequest(String request) throws Exception {
        isProblem(exchange(request + "\r\n\r\n"), 400, "bad_request");
    }

    @Test
    void jsonIsInUtf8() throws Exception {
        raw("POST", "/v1/sites", "{}", "application/json; charset=latin1").isProblem(415, "unsupported_media_type", "");
        raw("POST", "/v1/sites", "{}", "application/json; charset=\"UTF-8\"").with(400);
        var body = "{\"id\": \"b\", \"name\": \"M\u00fcnchen\"}";
        for (var charset : new java.nio.charset.Charset[] {StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16}) {
            var request = HttpRequest.newBuilder(uri("/v1/sites"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body, charset))
                    .build();
            var reply =
                    JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
            assertThat(reply.required("code").asString()).isEqualTo("malformed_json");
        }
    }

    @Test
    void aMethodThatAPathDoesNotHaveIsAnsweredWithThoseThatItHas() {
        for (var method : new String[] {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}) {
            var answer = raw(method, "/v1/operations", "", "application/json");
            answer.isProblem(405, "method_not_allowed", "");
            assertThat(answer.header("allow")).as(method).contains("GET");
        }
    }

    @Test
    void whoAsksTooOftenIsToldWhenToAskAgain() {
        for (int each = 0; each < BURST; each++) {
            get("/v1/sites", "X-Project-Id", "hasty").with(200);
        }
        var refused = get("/v1/sites", "X-Project-Id", "hasty");
        refused.isProblem(429, "too_many_requests", "");
        assertThat(refused.header("retry-after")).isEqualTo("1");
        get("/v1/sites", "X-Project-Id", "patient").with(200);
        get("/healthcheck").with(200);
    }

    @Test
    void oneCallerDoesNotTakeAllStreams() throws Exception {
        var request = HttpRequest.newBuilder(uri("/v1/events"))
                .header("Accept", "text/event-stream")
                .build();
        try (var one = HTTP.send(request, BodyHandlers.ofInputStream()).body();
                var two = HTTP.send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(one.read()).isEqualTo(':');
            assertThat(two.read()).isEqualTo(':');
            get("/v1/events", "Accept", "text/event-stream").isProblem(429, "too_many_requests", "");
            var other = HttpRequest.newBuilder(uri("/v1/events"))
                    .header("Accept", "text/event-stream")
                    .header("X-Project-Id", "other")
                    .build();
            try (var three = HTTP.send(other, BodyHandlers.ofInputStream()).body()) {
                assertThat(three.read()).isEqualTo(':');
            }
        }
    }

    @Test
    void theLimitsAreTold() {
        var limits = get("/v1").with(200).body().required("limits");
        assertThat(limits.required("request_burst").asInt()).isEqualTo(BURST);
        assertThat(limits.required("event_streams_per_caller").asInt()).isEqualTo(2);
    }
}
