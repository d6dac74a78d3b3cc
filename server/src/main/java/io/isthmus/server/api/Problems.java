package io.isthmus.server.api;

import io.isthmus.store.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Problems as JSON, {@code application/problem+json} (RFC 9457). */
final class Problems {
    static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPE = "urn:isthmus:problem:";

    private Problems() {}

    static ObjectNode document(Problem problem, String requestId) {
        var document = document(problem.code(), problem.detail(), requestId);
        if (!problem.hint().isEmpty()) {
            document.put("hint", problem.hint());
        }
        var errors = document.putArray("errors");
        for (var error : problem.errors()) {
            errors.addObject()
                    .put("pointer", error.pointer())
                    .put("code", error.code().word())
                    .put("detail", error.detail());
        }
        if (!problem.candidates().isEmpty()) {
            problem.candidates().forEach(document.putArray("candidates")::add);
        }
        return document;
    }

    /** What is said of our own mistakes: which request it was, and nothing of the inside. */
    static ObjectNode mistake(String requestId) {
        return document(ProblemCode.INTERNAL_ERROR, "the server's log says more about request " + requestId, requestId);
    }

    /** A secret came, and there is nothing to seal it with. */
    static Problem noKey() {
        return new Problem.Conflict(
                ProblemCode.SEALING_OFF,
                "",
                "this node has no key to seal secrets with: its operator gives it one by --credential-key",
                List.of());
    }

    private static ObjectNode document(ProblemCode code, String detail, String requestId) {
        return Json.MAPPER
                .createObjectNode()
                .put("type", TYPE + code.word())
                .put("title", code.title())
                .put("status", code.status())
                .put("detail", detail)
                .put("code", code.word())
                .put("request_id", requestId);
    }
}
