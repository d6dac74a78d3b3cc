package io.isthmus.cli.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** A refusal of the controller, RFC 9457. */
public record Problem(
        int status,
        String title,
        String detail,
        String hint,
        String requestId,
        List<Field> fields,
        List<String> candidates) {

    /** What is wrong with one field; {@code pointer} is a JSON pointer (RFC 6901) into the request. */
    public record Field(String pointer, String detail) {}

    public Problem {
        fields = List.copyOf(fields);
        candidates = List.copyOf(candidates);
    }

    static Problem of(Reply reply) {
        var body = reply.body();
        var fields = new ArrayList<Field>();
        for (var error : body.path("errors").values()) {
            fields.add(new Field(Json.text(error, "pointer"), Json.text(error, "detail")));
        }
        var candidates =
                body.path("candidates").values().stream().map(Problem::nameOf).toList();
        var requestId = Json.text(body, "request_id");
        return new Problem(
                reply.status(),
                Optional.of(Json.text(body, "title"))
                        .filter(title -> !title.isBlank())
                        .orElse("HTTP status " + reply.status()),
                Json.text(body, "detail"),
                Json.text(body, "hint"),
                requestId.isBlank() ? reply.requestId() : requestId,
                fields,
                candidates);
    }

    private static String nameOf(JsonNode candidate) {
        return candidate.isValueNode() ? candidate.asString() : Json.text(candidate, "id");
    }

    /** @param optionName how the operator wrote the field that a pointer names */
    Failure toFailure(UnaryOperator<String> optionName) {
        var explanation = new ArrayList<String>();
        for (var field : fields) {
            var name = optionName.apply(field.pointer());
            explanation.add(name.isEmpty() ? field.detail() : name + ": " + field.detail());
        }
        if (!candidates.isEmpty()) {
            explanation.add("candidates: " + String.join(", ", candidates));
        }
        var advice = hint.isBlank() ? usualHint() : hint;
        if (!advice.isBlank()) {
            explanation.add("hint: " + advice);
        }
        if (!requestId.isBlank()) {
            explanation.add("request id: " + requestId);
        }
        return new Failure(exitCode(), detail.isBlank() ? title : title + ": " + detail, explanation);
    }

    private ExitCode exitCode() {
        return switch (status) {
            case 404 -> ExitCode.NOT_FOUND;
            case 409, 412 -> ExitCode.REFUSED_BY_STATE;
            default -> ExitCode.FAILED;
        };
    }

    private String usualHint() {
        return switch (status) {
            case 401 -> "log in with --os-cloud or the OS_* variables (an OS_TOKEN may have expired)";
            case 412 -> "it was changed by somebody else meanwhile; look at it and run the command again";
            default -> "";
        };
    }
}
