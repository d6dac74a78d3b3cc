package io.isthmus.southbound.openstack;

import io.isthmus.core.request.RequestId;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Sends one request and reads its whole answer, within limits of time and size. It follows no redirect. */
final class Http implements AutoCloseable {
    private final OpenStackOptions options;
    private final HttpClient client;

    /** @param tls whom to trust, where that is not whom Java trusts */
    Http(OpenStackOptions options, Optional<SSLContext> tls) {
        this.options = options;
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(options.connectTimeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** An answer with its body as text. */
    record Reply(int status, Optional<String> subjectToken, Optional<String> requestId, String body) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** Says that the server could not serve anyone just now. */
        boolean isPassing() {
            return status == 413 || status == 429 || status >= 500;
        }
    }

    /** No answer came. */
    static final class NoReply extends Exception {
        private static final long serialVersionUID = 1;

        /** How far the request got. */
        enum Reach {
            /** The server cannot have seen it. */
            NOT_SENT,
            /** The server may have acted on it; the connection broke. */
            BROKEN,
            /** The server may have acted on it; the time is up. */
            TIMED_OUT
        }

        private final Reach reach;
        private final transient Optional<Misfit> misfit;

        NoReply(Reach reach, String message) {
            this(reach, message, Optional.empty());
        }

        /** The address and the server do not fit: the server cannot have done what was asked. */
        NoReply(Misfit misfit) {
            this(Reach.NOT_SENT, misfit.words(), Optional.of(misfit));
        }

        private NoReply(Reach reach, String message, Optional<Misfit> misfit) {
            super(message, null, false, false);
            this.reach = reach;
            this.misfit = misfit;
        }

        /** Why asking again will not help until somebody corrects something. */
        Optional<Misfit> misfit() {
            return misfit;
        }

        Reach reach() {
            return reach;
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Sends a request that may be repeated, again while the connection breaks or the server cannot serve anyone; answers the
     * last reply.
     */
    Reply sendAgain(HttpRequest.Builder request, Deadline deadline) throws NoReply, InterruptedException {
        var pause = options.readPause();
        for (int attempt = 1; ; attempt++) {
            var last = attempt >= options.readAttempts();
            try {
                var reply = send(request, deadline);
                if (!reply.isPassing() || last || !deadline.pause(pause)) {
                    return reply;
                }
            } catch (NoReply e) {
                if (e.reach() != NoReply.Reach.BROKEN || last || !deadline.pause(pause)) {
                    throw e;
                }
            }
            pause = pause.multipliedBy(2);
        }
    }

    /** Sends a request once; the server logs it under the id of the request to Isthmus that caused it. */
    Reply send(HttpRequest.Builder request, Deadline deadline) throws NoReply, InterruptedException {
        try (var traced = HttpTrace.begin(request)) {
            try {
                var reply = sendTraced(request, deadline);
                HttpTrace.replied(traced, reply.status());
                return reply;
            } catch (NoReply none) {
                traced.failed(none.reach().name().toLowerCase(Locale.ROOT));
                throw none;
            }
        }
    }

    private Reply sendTraced(HttpRequest.Builder request, Deadline deadline) throws NoReply, InterruptedException {
        var limit = deadline.left(options.requestTimeout());
        if (!limit.isPositive()) {
            throw new NoReply(
                    NoReply.Reach.NOT_SENT,
                    "was not asked, because the time limit of " + seconds(options.callTimeout())
                            + " for the whole call was used up");
        }
        RequestId.find().ifPresent(id -> request.setHeader("X-Openstack-Request-Id", id));
        // HttpRequest.timeout ends with the answer's headers; waiting here covers its body too.
        var built = request.build();
        var answer = client.sendAsync(
                built,
                HttpResponse.BodyHandlers.limiting(
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), options.maxBodyBytes()));
        try {
            var reply = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            refuseMisfit(built.uri(), reply);
            return new Reply(
                    reply.statusCode(),
                    reply.headers().firstValue("X-Subject-Token"),
                    reply.headers().firstValue("X-Openstack-Request-Id"),
                    reply.body());
        } catch (TimeoutException e) {
            throw new NoReply(NoReply.Reach.TIMED_OUT, "did not answer within " + seconds(limit));
        } catch (ExecutionException e) {
            throw noReply(built.uri(), e.getCause(), deadline);
        } finally {
            answer.cancel(true);
        }
    }

    /** A redirect leads elsewhere, with the token or the password: it is told, not followed. */
    private static void refuseMisfit(URI url, HttpResponse<String> reply) throws NoReply {
        var location = reply.headers().firstValue("Location");
        if (reply.statusCode() > 300 && reply.statusCode() < 400 && location.isPresent()) {
            throw new NoReply(Misfit.redirect(location.get()));
        }
        if (reply.statusCode() == 400 && Misfit.isComplaintOfPlainHttp(url, reply.body())) {
            throw new NoReply(Misfit.TLS_WANTED);
        }
    }

    private NoReply noReply(URI url, @Nullable Throwable cause, Deadline deadline) {
        var misfit = Misfit.of(cause);
        if (misfit.isPresent()) {
            return new NoReply(misfit.get());
        }
        var isConnected = cause instanceof IOException && !(cause instanceof ConnectException);
        var limit = deadline.left(options.connectTimeout());
        if (isConnected && "https".equals(url.getScheme()) && Trust.isMissingAt(url, limit)) {
            return new NoReply(Misfit.PLAIN_WANTED);
        }
        var isTimeout = cause instanceof HttpConnectTimeoutException;
        if (isConnected && !isTimeout && "http".equals(url.getScheme()) && Trust.isSpokenAt(url, limit)) {
            return new NoReply(Misfit.TLS_WANTED);
        }
        return switch (cause) {
            case HttpConnectTimeoutException _ ->
                new NoReply(NoReply.Reach.NOT_SENT, "did not accept a connection in time");
            case ConnectException e -> new NoReply(NoReply.Reach.NOT_SENT, "cannot be connected to" + reason(e));
            case SSLHandshakeException e -> new NoReply(NoReply.Reach.NOT_SENT, "did not agree on TLS" + reason(e));
            case IOException e -> new NoReply(NoReply.Reach.BROKEN, "broke the connection" + reason(e));
            case null, default -> throw new IllegalStateException("the HTTP client failed", cause);
        };
    }

    private static String reason(IOException e) {
        if (e.getCause() instanceof java.nio.channels.UnresolvedAddressException) {
            return " (its name is not known)";
        }
        return e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
    }

    private static String seconds(Duration duration) {
        return String.format(java.util.Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    /** A server as people name it: host and port. */
    static String host(URI url) {
        return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
