package io.isthmus.server.api;

import io.isthmus.store.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Renders what Jetty refuses before any of our code sees it, such as an unreadable request line, like any other problem. */
final class JettyErrors implements Request.Handler {
    private final Authentication authentication;

    JettyErrors(Authentication authentication) {
        this.authentication = authentication;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var id = "req-" + UUID.randomUUID();
        var document = response.getStatus() >= 500 && response.getStatus() != 505
                ? Problems.mistake(id)
                : Problems.document(problem(response.getStatus()), id);
        response.setStatus(document.required("status").asInt());
        ReplyHeaders.of(id, authentication)
                .forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problems.MEDIA_TYPE);
        response.write(true, ByteBuffer.wrap(Json.write(document).getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 413 -> new Problem.OverLimit(ProblemCode.BODY_TOO_LARGE, "the body is too large");
            case 414 -> new Problem.OverLimit(ProblemCode.URI_TOO_LONG, "path and query are too long");
            case 431 -> new Problem.OverLimit(ProblemCode.HEADERS_TOO_LARGE, "the headers are too large");
            default -> new Problem.Invalid(ProblemCode.BAD_REQUEST, "", "the request cannot be understood");
        };
    }
}
