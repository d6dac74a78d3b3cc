package io.isthmus.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.isthmus.cli.command.Surroundings;
import io.isthmus.cli.output.Screen;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The run that {@code bin/isthmus --train} makes the class cache from. Only classes that are used in it are laid out ahead of
 * time, so it does what most commands do, against a server of this process: log in at Keystone, ask, and print.
 */
final class Rehearsal {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("--help"),
            List.of("site", "list"),
            List.of("site", "list", "-f", "json"),
            List.of("site", "show", "b"),
            List.of("nonsense"));

    private static final String SITE = """
            {"id": "b", "name": "b", "status": "online", "revision": 1, "tags": [], "gateways": [],
             "cloud": {"kind": "region", "region_name": "RegionB"}}""";

    private Rehearsal() {}

    public static void main(String[] args) throws IOException {
        System.exit(play() ? 0 : 1);
    }

    /** Answers whether all went as it should; prints nothing. */
    static boolean play() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var url = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", exchange -> answer(exchange, url));
        server.start();
        try {
            var direct = Map.of("ISTHMUS_URL", url);
            var byKeystone = Map.of(
                    "OS_AUTH_URL", url + "/v3",
                    "OS_USERNAME", "u",
                    "OS_PASSWORD", "p",
                    "OS_PROJECT_NAME", "p");
            var wrong = COMMANDS.stream()
                    .filter(words -> run(words, direct) != (words.contains("nonsense") ? 2 : 0))
                    .toList();
            return wrong.isEmpty() && run(List.of("site", "list"), byKeystone) == 0;
        } finally {
            server.stop(0);
        }
    }

    private static int run(List<String> words, Map<String, String> environment) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var screen = Screen.terminal(nowhere, Map.of("TERM", "xterm"), () -> Screen.Size.USUAL);
        return Isthmus.run(
                words.toArray(String[]::new),
                new Surroundings(environment, screen, screen, InstantSource.system(), UUID::randomUUID));
    }

    private static void answer(HttpExchange exchange, String url) throws IOException {
        var path = exchange.getRequestURI().getPath();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("X-Subject-Token", "t");
        var body = switch (path) {
            case "/v3/auth/tokens" -> """
                    {"token": {"expires_at": "2100-01-01T00:00:00Z", "catalog": [{"type": "georedundancy", "endpoints":
                     [{"interface": "public", "region": "r", "region_id": "r", "url": "%s"}]}]}}""".formatted(url);
            case "/v1/sites" -> "{\"sites\": [" + SITE + "]}";
            case "/v1/sites/b" -> SITE;
            default -> "{}";
        };
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(path.endsWith("tokens") ? 201 : 200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
