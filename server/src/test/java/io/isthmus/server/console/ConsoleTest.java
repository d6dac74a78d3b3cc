package io.isthmus.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Javalin server = Javalin.create(javalin -> {
        javalin.startup.showJavalinBanner = false;
        javalin.routes.get("/", context -> context.json("versions"));
        new Console().addTo(javalin.routes);
    });

    @BeforeEach
    void start() {
        server.start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void aBrowserGetsThePage() throws IOException, InterruptedException {
        var page = get("/", "Accept", BROWSER);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("Vary").orElse("")).contains("Accept");
        assertThat(page.body()).contains("<title>Isthmus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "application/json, text/html;q=0.5"})
    void aProgramGetsTheVersions(String accept) throws IOException, InterruptedException {
        assertThat(get("/", "Accept", accept).body()).contains("versions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console/app.js", "/console/vendor/vendor.js"})
    void nothingFromElsewhereAndNoInlineScriptIsAllowed(String path) throws IOException, InterruptedException {
        var policy = get(path, "Accept", BROWSER)
                .headers()
                .firstValue("Content-Security-Policy")
                .orElse("");
        assertThat(policy).contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
        assertThat(policy).doesNotContain("unsafe", "http:", "https:", "*");
    }

    @Test
    void aFileThatDidNotChangeIsNotSentAgain() throws IOException, InterruptedException {
        var first = get("/console/app.js");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type")).contains("text/javascript; charset=utf-8");
        var again = get(
                "/console/app.js",
                "If-None-Match",
                first.headers().firstValue("ETag").orElseThrow());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/",
                "/console/nothing.js",
                "/console/../logback.xml",
                "/console/..%2Flogback.xml",
                "/console/%2e%2e/logback.xml",
                "/console/vendor/../../logback.xml",
                "/console/vendor/README.md"
            })
    void whatIsNotAFileOfTheConsoleIsNotFound(String path) throws IOException, InterruptedException {
        assertThat(get(path).statusCode()).isIn(400, 404);
    }
}
