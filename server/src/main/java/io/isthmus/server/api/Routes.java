package io.isthmus.server.api;

import io.isthmus.core.request.RequestId;
import io.isthmus.core.request.TraceParent;
import io.isthmus.server.tracing.RequestSpan;
import io.isthmus.store.Json;
import io.isthmus.store.ListQuery.InvalidQuery;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.node.StringNode;

/**
 * The way of every request: it gets an id, its version and its caller are known, its handler answers or throws a
 * {@link Problem}, and whatever happens is rendered here.
 */
final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final String REQUEST_ID = "request_id";
    private static final String ROUTE = "isthmus.route";
    private static final String CALLER = "isthmus.caller";
    private static final String CODE = "isthmus.code";
    /** The id that the caller's own caller knows the request by. */
    private static final String GLOBAL_REQUEST_ID = "global_request_id";

    private final RoutesConfig javalin;
    private final Authentication authentication;
    private final Idempotency idempotency;
    private final RequestRate rate;
    private final InstantSource clock;

    Routes(
            RoutesConfig javalin,
            Authentication authentication,
            Idempotency idempotency,
            RequestRate rate,
            InstantSource clock) {
        this.javalin = javalin;
        this.authentication = authentication;
        this.idempotency = idempotency;
        this.rate = rate;
        this.clock = clock;
        javalin.before(this::begin);
        javalin.after(context -> {
            MDC.remove(REQUEST_ID);
            MDC.remove(GLOBAL_REQUEST_ID);
        });
        javalin.exception(HttpResponseException.class, this::failed);
        javalin.exception(Exception.class, this::failed);
    }

    /** Answers a request with a document. */
    @FunctionalInterface
    interface Handler {
        Reply handle(Request request) throws InterruptedException;
    }

    /** Writes the answer itself, as a stream. */
    @FunctionalInterface
    interface StreamHandler {
        /** Answers whether it did; if not, the next handler answers. */
        boolean stream(Request request) throws Exception;
    }

    void get(String path, Handler handler) {
        add(HandlerType.GET, path, handler);
    }

    void post(String path, Handler handler) {
        add(HandlerType.POST, path, handler);
    }

    void put(String path, Handler handler) {
        add(HandlerType.PUT, path, handler);
    }

    void patch(String path, Handler handler) {
        add(HandlerType.PATCH, path, handler);
    }

    void delete(String path, Handler handler) {
        add(HandlerType.DELETE, path, handler);
    }

    /** For what everybody may read without being known, such as whether the server lives. */
    void open(String path, Handler handler) {
        if (!Policy.of("GET", path).isOpen()) {
            throw new IllegalStateException(path + " is not for everybody");
        }
        javalin.get(path, context -> {
            route(context, path);
            write(context, handler.handle(new Request(context)));
        });
    }

    /** A path that callers from certain addresses may read without being known. */
    void getFrom(String path, Predicate<String> addresses, Handler handler) {
        var policy = Policy.of("GET", path);
        handle(HandlerType.GET, path, request -> {
            if (!addresses.test(request.context().req().getRemoteAddr())) {
                caller(request, policy);
            }
            write(request.context(), handler.handle(request));
        });
    }

    /** Remembers by which route of the contract a request came, for metrics. */
    private static void route(Context context, String path) {
        context.attribute(ROUTE, path);
    }

    static String routeOf(Context context) {
        return Optional.<String>ofNullable(context.attribute(ROUTE)).orElse("other");
    }

    /** As {@link #post}, for bodies with secrets: an idempotency key would have their hash stored, so there is none. */
    void postSecret(String path, Handler handler) {
        var policy = Policy.of("POST", path);
        handle(HandlerType.POST, path, request -> {
            var caller = caller(request, policy);
            write(request.context(), inScope(request, caller, UUID::randomUUID, () -> handler.handle(request)));
        });
    }

    /** Who asked, if that was proved. */
    static Optional<Caller> callerOf(Context context) {
        return Optional.ofNullable(context.attribute(CALLER));
    }

    /** Why the request was refused, if it was. */
    static Optional<String> codeOf(Context context) {
        return Optional.ofNullable(context.attribute(CODE));
    }

    /** A path that can also answer with a stream. */
    void getOrStream(String path, StreamHandler stream, Handler handler) {
        var policy = Policy.of("GET", path);
        handle(HandlerType.GET, path, request -> {
            var context = request.context();
            var caller = caller(request, policy);
            var reply = new AtomicReference<Optional<Reply>>(Optional.empty());
            inScope(request, caller, UUID::randomUUID, () -> {
                if (!stream.stream(request)) {
                    reply.set(Optional.of(handler.handle(request)));
                }
                return Reply.empty();
            });
            if (reply.get().isPresent()) {
                write(context, reply.get().get());
            }
        });
    }

    private void add(HandlerType method, String path, Handler handler) {
        var policy = Policy.of(method.name(), path);
        handle(method, path, request -> {
            var context = request.context();
            var caller = caller(request, policy);
            var key = method.equals(HandlerType.POST) ? request.header("Idempotency-Key") : Optional.<String>empty();
            // A dry run changes nothing, so that it may be done again and does not use up a key.
            if (key.isEmpty() || request.query("dry_run").equals(Optional.of("true"))) {
                write(context, inScope(request, caller, UUID::randomUUID, () -> handler.handle(request)));
                return;
            }
            write(
                    context,
                    idempotency.once(
                            key.get(),
                            request,
                            caller.projectId(),
                            ids -> inScope(request, caller, ids, () -> handler.handle(request))));
        });
    }

    @FunctionalInterface
    private interface Work {
        Reply run() throws Exception;
    }

    @FunctionalInterface
    private interface Exchange {
        void serve(Request request) throws Exception;
    }

    /** Whatever a request causes is done under its id. */
    private void handle(HandlerType method, String path, Exchange exchange) {
        javalin.addHttpHandler(
                method,
                path,
                context -> ScopedValue.where(RequestId.CURRENT, requestId(context))
                        .call(() -> {
                            route(context, path);
                            traced(context, path, exchange);
                            return true;
                        }));
    }

    private static void traced(Context context, String path, Exchange exchange) throws Exception {
        var method = context.method().name();
        var parent = Optional.ofNullable(context.header("traceparent"));
        try (var span = RequestSpan.begin(method, path, requestId(context), parent)) {
            var own = span.traceParent();
            if (own.isEmpty()) {
                exchange.serve(new Request(context));
                return;
            }
            try {
                ScopedValue.where(TraceParent.CURRENT, own.get()).call(() -> {
                    exchange.serve(new Request(context));
                    return true;
                });
                span.answered(context.statusCode());
            } catch (Problem refused) {
                span.refused(refused.code().status(), refused.code().name().toLowerCase(Locale.ROOT));
                throw refused;
            }
        }
    }

    private Reply inScope(Request request, Caller caller, Supplier<UUID> ids, Work work) {
        var scope = new RequestScope(requestId(request.context()), caller, ids);
        try {
            return ScopedValue.where(RequestScope.CURRENT, scope).call(work::run);
        } catch (RuntimeException problem) {
            throw problem;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Problem.Unavailable("the server is stopping");
        } catch (Exception unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    /** Who asks, if the policy lets them and they do not ask too often. */
    private Caller caller(Request request, Policy policy) {
        var caller = authentication.authenticate(request::header);
        request.context().attribute(CALLER, caller);
        var wait = rate.take(caller.key(), clock.instant());
        if (!wait.isZero()) {
            throw new Problem.OverLimit(
                    ProblemCode.TOO_MANY_REQUESTS, "this caller sends more requests than one may", wait);
        }
        policy.check(caller);
        return caller;
    }

    private void begin(Context context) {
        var id = "req-" + UUID.randomUUID();
        context.attribute(REQUEST_ID, id);
        MDC.put(REQUEST_ID, id);
        Optional.ofNullable(context.header("X-Openstack-Request-Id"))
                .filter(RequestId::isOne)
                .ifPresent(global -> MDC.put(GLOBAL_REQUEST_ID, " " + global));
        ReplyHeaders.of(id, authentication).forEach(context::header);
        readWhatNobodyWants(context);
        Versions.check(Collections.list(context.req().getHeaders(Versions.HEADER)));
    }

    /** A body that stays unread makes Jetty reset the connection, and the client loses the end of a long reply. */
    private static void readWhatNobodyWants(Context context) {
        var hasBody = context.header("Content-Length") != null || context.header("Transfer-Encoding") != null;
        if (hasBody && context.method().equals(HandlerType.GET)) {
            context.bodyAsBytes();
        }
    }

    static String requestId(Context context) {
        return Optional.<String>ofNullable(context.attribute(REQUEST_ID)).orElse("");
    }

    private static void write(Context context, Reply reply) {
        reply.headers().forEach(context::header);
        context.status(reply.status());
        if (reply.body() instanceof StringNode text) {
            context.result(text.stringValue());
        } else if (!reply.isEmpty()) {
            context.contentType("application/json").result(Json.write(reply.body()));
        }
    }

    private void failed(Exception failure, Context context) {
        var id = requestId(context);
        switch (failure) {
            case Problem problem -> write(context, problem, id);
            case HttpResponseException refused -> write(context, translated(refused, context), id);
            case InvalidQuery wrong ->
                write(context, Request.wrongParameter(wrong.parameter(), String.valueOf(wrong.getMessage())), id);
            default -> {
                LOG.error("request {} {} {} failed", id, context.method(), context.path(), failure);
                context.status(500).contentType(Problems.MEDIA_TYPE).result(Json.write(Problems.mistake(id)));
            }
        }
    }

    private void write(Context context, Problem problem, String requestId) {
        if (problem.code().status() == 401) {
            authentication.challenge().ifPresent(text -> context.header("WWW-Authenticate", text));
        }
        if (problem.code().status() == 503 || problem.code().status() == 429) {
            var seconds = problem.retryAfter().plusNanos(999_999_999).toSeconds();
            context.header("Retry-After", Long.toString(Math.max(1, seconds)));
        }
        context.attribute(CODE, problem.code().word());
        context.status(problem.code().status())
                .contentType(Problems.MEDIA_TYPE)
                .result(Json.write(Problems.document(problem, requestId)));
    }

    /** What Javalin itself refuses. */
    private static Problem translated(HttpResponseException refused, Context context) {
        return switch (refused.getStatus()) {
            case 404 -> new Problem.NotFound(ProblemCode.ROUTE_NOT_FOUND, "there is nothing at " + context.path());
            case 405 -> {
                var allowed = refused.getDetails().getOrDefault("availableMethods", "");
                context.header("Allow", allowed);
                yield new Problem.WrongMethod(context.method() + " is not for " + context.path());
            }
            case 413 -> new Problem.OverLimit(ProblemCode.BODY_TOO_LARGE, "the body is too large");
            case 415 -> new Problem.WrongMediaType("the body must be application/json");
            case 503 -> new Problem.Unavailable("the server is busy");
            default -> new Problem.Invalid(ProblemCode.BAD_REQUEST, "", String.valueOf(refused.getMessage()));
        };
    }
}
