package io.isthmus.cli.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A controller's REST API. A request that got no answer is sent once more where that cannot do harm: a POST carries an
 * {@code Idempotency-Key}, so the controller answers the second one with the result of the first.
 */
public final class Api implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration REPLY_LIMIT = Duration.ofSeconds(30);
    private static final long BODY_LIMIT = 64L << 20;
    private static final int PAGE_LIMIT = 1_000;
    private static final String VERSION = "georedundancy 1.0";

    private final URI base;
    private final Authenticator authenticator;
    private final Supplier<UUID> ids;
    private final HttpClient client;
    private final Trace trace;

    /** @param trace hears of every request */
    public Api(URI base, Authenticator authenticator, Supplier<UUID> ids, Trust trust, Trace trace) {
        this.base = base;
        this.authenticator = authenticator;
        this.ids = ids;
        this.client = Transport.client(base, CONNECT_LIMIT, trust);
        this.trace = trace;
    }

    /** @throws Failure if there is no such object, or no answer */
    public Reply get(String path, Map<String, String> query) {
        return accepted(exchange(request("GET", path, query, REPLY_LIMIT), true), UnaryOperator.identity());
    }

    /** As {@link #get}, empty where there is no such object. */
    public Optional<Reply> find(String path, Map<String, String> query) {
        return find(path, query, Duration.ZERO);
    }

    /** As {@link #find}, where the controller may hold the answer back for {@code wait} (long-poll). */
    public Optional<Reply> find(String path, Map<String, String> query, Duration wait) {
        var reply = exchange(request("GET", path, query, REPLY_LIMIT.plus(wait)), true);
        return reply.status() == 404 ? Optional.empty() : Optional.of(accepted(reply, UnaryOperator.identity()));
    }

    /** Every object of a collection that the filter allows, page after page, at most {@code limit}. */
    public List<JsonNode> list(String collection, Map<String, String> filter, int limit) {
        return list("/v1/" + collection, collection, filter, limit);
    }

    /** As {@link #list(String, Map, int)}, of a collection that is found at {@code path}. */
    public List<JsonNode> list(String path, String collection, Map<String, String> filter, int limit) {
        var found = new ArrayList<JsonNode>();
        var reply = get(path, filter);
        for (int page = 0; page < PAGE_LIMIT; page++) {
            // The collection of links has the same name as the list of page links; only a page link has a rel.
            for (var item : reply.body().path(collection.replace('-', '_')).values()) {
                if (!item.has("rel") && found.size() < limit) {
                    found.add(item);
                }
            }
            var next = nextPage(reply.body(), collection);
            if (next.isEmpty() || found.size() >= limit) {
                return found;
            }
            var request = request(
                    "GET",
                    withoutBase(next.get().getRawPath()),
                    REPLY_LIMIT,
                    next.get().getRawQuery());
            reply = accepted(exchange(request, true), UnaryOperator.identity());
        }
        throw new Failure(ExitCode.FAILED, "The list has more than " + PAGE_LIMIT + " pages.", "hint: use --limit");
    }

    public Reply post(String path, Document document, Map<String, String> query) {
        return post(path, document, query, Duration.ZERO);
    }

    /** As {@link #post}, where the controller may hold the answer back for {@code wait}. */
    public Reply post(String path, Document document, Map<String, String> query, Duration wait) {
        var request = request("POST", path, query, REPLY_LIMIT.plus(wait))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", ids.get().toString())
                .POST(BodyPublishers.ofString(Json.compact(document.body())));
        return accepted(exchange(request, true), document::optionName);
    }

    /** Changes an object if it is still at {@code etag} (JSON merge patch, RFC 7396). */
    public Reply patch(String path, Document document, String etag, Map<String, String> query) {
        var request = request("PATCH", path, query, REPLY_LIMIT)
                .header("Content-Type", "application/merge-patch+json")
                .header("If-Match", etag)
                .method("PATCH", BodyPublishers.ofString(Json.compact(document.body())));
        return accepted(exchange(request, false), document::optionName);
    }

    /** Puts {@code document} in place of what is there, if that is still as {@code etag} says. */
    public Reply put(String path, Document document, String etag) {
        var request = request("PUT", path, Map.of(), REPLY_LIMIT)
                .header("Content-Type", "application/json")
                .header("If-Match", etag)
                .method("PUT", BodyPublishers.ofString(Json.compact(document.body())));
        return accepted(exchange(request, false), document::optionName);
    }

    public Reply delete(String path, Map<String, String> query) {
        return accepted(exchange(request("DELETE", path, query, REPLY_LIMIT).DELETE(), true), UnaryOperator.identity());
    }

    /** Opens the stream of events, after the one with the id {@code lastEventId}; from now on where that is empty. */
    public EventStream events(String lastEventId) {
        var request = request("GET", "/v1/events", Map.of(), REPLY_LIMIT).setHeader("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            var response = client.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                try (var body = response.body()) {
                    var text = new String(body.readNBytes(1 << 20), StandardCharsets.UTF_8);
                    throw Problem.of(reply(response, text)).toFailure(UnaryOperator.identity());
                }
            }
            return new EventStream(response.body());
        } catch (IOException e) {
            throw noAnswer(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private HttpRequest.Builder request(String method, String path, Map<String, String> query, Duration limit) {
        var text = query.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return request(method, path, limit, text);
    }

    private HttpRequest.Builder request(String method, String path, Duration limit, String query) {
        var root = base.toString().replaceAll("/+$", "");
        var request = HttpRequest.newBuilder(URI.create(root + path + (query.isEmpty() ? "" : "?" + query)))
                .timeout(limit)
                .header("Accept", "application/json")
                .header("OpenStack-API-Version", VERSION)
                .method(method, BodyPublishers.noBody());
        authenticator.headers().forEach(request::header);
        return request;
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Reply exchange(HttpRequest.Builder builder, boolean repeatable) {
        var request = builder.build();
        try {
            return send(request);
        } catch (HttpTimeoutException e) {
            throw noAnswer(e);
        } catch (IOException e) {
            if (!repeatable && !(e instanceof ConnectException)) {
                throw new Failure(
                        ExitCode.FAILED,
                        "No answer from " + base + " (" + reason(e) + "): the change may have been made or not.",
                        "hint: look at the object before you run the command again");
            }
        }
        try {
            var reply = send(request);
            // The first request, whose answer was lost, may have deleted it.
            return request.method().equals("DELETE") && reply.status() == 404
                    ? new Reply(204, Json.object(), "", reply.requestId())
                    : reply;
        } catch (IOException e) {
            throw noAnswer(e);
        }
    }

    /** One request and its whole answer, both within the request's time limit. */
    private Reply send(HttpRequest request) throws IOException {
        var began = System.nanoTime();
        var status = 0;
        var requestId = "";
        try {
            var reply = sendUntold(request);
            status = reply.status();
            requestId = reply.requestId();
            return reply;
        } finally {
            trace.add(new Trace.Exchange(
                    request.method(),
                    request.uri().toString(),
                    status,
                    requestId,
                    Duration.ofNanos(System.nanoTime() - began)));
        }
    }

    private Reply sendUntold(HttpRequest request) throws IOException {
        var answer = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), BODY_LIMIT));
        try {
            var limit = request.timeout().orElse(REPLY_LIMIT).plus(CONNECT_LIMIT);
            var response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return reply(response, response.body());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no whole answer in time");
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw interrupted();
        }
    }

    private Reply reply(HttpResponse<?> response, String text) {
        var headers = response.headers();
        var type = headers.firstValue("Content-Type").orElse("");
        JsonNode body = Json.object();
        if (type.contains("json") && !text.isBlank()) {
            try {
                body = Json.parse(text);
            } catch (IllegalArgumentException e) {
                throw new Failure(ExitCode.FAILED, "The answer of " + base + " is no JSON: " + e.getMessage());
            }
        } else if (response.statusCode() == 200) {
            throw new Failure(
                    ExitCode.FAILED,
                    "The answer of " + base + " is no JSON but " + (type.isEmpty() ? "of no type" : type) + ".",
                    "hint: is --url (or ISTHMUS_URL) the address of an Isthmus controller?");
        }
        return new Reply(
                response.statusCode(),
                body,
                headers.firstValue("ETag").orElse(""),
                headers.firstValue("X-Openstack-Request-Id").orElse(""));
    }

    private static Reply accepted(Reply reply, UnaryOperator<String> optionName) {
        if (reply.isRefusal()) {
            throw Problem.of(reply).toFailure(optionName);
        }
        return reply;
    }

    /** Where the next page is: only its path and query count, so that a token never goes to another host. */
    private static Optional<URI> nextPage(JsonNode body, String collection) {
        for (var name : List.of("links", collection + "_links")) {
            for (var link : body.path(name).values()) {
                if (Json.text(link, "rel").equals("next")) {
                    return Optional.of(URI.create(Json.text(link, "href")))
                            .filter(href -> href.getRawPath() != null && href.getRawQuery() != null);
                }
            }
        }
        return Optional.empty();
    }

    private String withoutBase(String path) {
        var prefix = base.getRawPath().replaceAll("/+$", "");
        return path.startsWith(prefix + "/") ? path.substring(prefix.length()) : path;
    }

    private Failure noAnswer(IOException e) {
        if (e instanceof HttpTimeoutException && !(e instanceof HttpConnectTimeoutException)) {
            return new Failure(
                    ExitCode.TIMED_OUT,
                    "No answer from " + base + " in time.",
                    "hint: the controller may be overloaded; look at " + base + "/ready");
        }
        if (e instanceof InterruptedIOException || e instanceof ConnectException) {
            return new Failure(
                    ExitCode.FAILED,
                    "Nothing answers at " + base + " (" + reason(e) + ").",
                    "hint: start a controller with: isthmus server",
                    "      or say where it is with --url or ISTHMUS_URL");
        }
        return new Failure(ExitCode.FAILED, "No answer from " + base + " (" + reason(e) + ").");
    }

    private static String reason(IOException e) {
        if (e instanceof HttpConnectTimeoutException) {
            return "no connection within " + CONNECT_LIMIT.toSeconds() + " s";
        }
        var message = e.getMessage();
        if (message != null && !message.isBlank()) {
            return message;
        }
        return e instanceof ConnectException
                ? "connection refused"
                : e.getClass().getSimpleName();
    }

    private static Failure interrupted() {
        Thread.currentThread().interrupt();
        return new Failure(ExitCode.FAILED, "Interrupted.");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
