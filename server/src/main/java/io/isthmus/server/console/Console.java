package io.isthmus.server.console;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.NotFoundResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The web console. {@code /} answers a browser, that is, who prefers {@code text/html}, with the page; everybody else goes
 * on to the API. The page's files are below {@code /console/}. They hold no data: the page asks the API as its user.
 */
public final class Console {
    private static final Pattern NAME = Pattern.compile("(?:[a-z0-9-]{1,40}/)?[a-z0-9-]{1,40}\\.(?:js|css|json|svg)");
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                    + "require-trusted-types-for 'script'; trusted-types lit-html",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()");

    private final ConsoleFiles files = new ConsoleFiles();

    /** Adds the console to the routes of the API. */
    public void addTo(RoutesConfig routes) {
        routes.before("/", this::page);
        routes.get("/console/<name>", this::file);
    }

    private void page(Context context) {
        context.header("Vary", "Accept, OpenStack-API-Version");
        if (context.method().equals(HandlerType.GET) && prefersPage(context.header("Accept"))) {
            write(context, "index.html");
            context.skipRemainingHandlers();
        }
    }

    private void file(Context context) {
        var name = context.pathParam("name");
        if (!NAME.matcher(name).matches()) {
            throw new NotFoundResponse();
        }
        write(context, name);
    }

    /** Browsers name {@code text/html} first when a person follows a link; programs name JSON, anything, or nothing. */
    private static boolean prefersPage(@Nullable String accept) {
        return accept != null
                && Arrays.stream(accept.toLowerCase(Locale.ROOT).split(",", -1))
                        .map(type -> type.split(";", 2)[0].strip())
                        .filter(type -> type.equals("text/html") || type.endsWith("json"))
                        .findFirst()
                        .filter("text/html"::equals)
                        .isPresent();
    }

    private void write(Context context, String name) {
        var file = files.find(name).orElseThrow(NotFoundResponse::new);
        HEADERS.forEach(context::header);
        // Kept by browsers, and asked for again each time: a new version of the server brings a new page at once.
        context.header("Cache-Control", "no-cache");
        context.header("ETag", file.etag());
        if (file.etag().equals(context.header("If-None-Match"))) {
            context.status(304);
        } else {
            context.contentType(file.mediaType()).result(file.bytes());
        }
    }
}
