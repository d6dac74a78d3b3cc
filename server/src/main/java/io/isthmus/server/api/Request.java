package io.isthmus.server.api;

import io.isthmus.store.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A request as handlers see it: every part is checked when it is asked for. */
final class Request {
    static final int MAX_BODY = 1 << 20;
    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");
    private static final Set<String> JSON_TYPES = Set.of("application/json", "application/merge-patch+json");

    private final Context context;
    private byte @Nullable [] body;

    Request(Context context) {
        this.context = context;
    }

    Context context() {
        return context;
    }

    String path() {
        return context.path();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(context.header(name));
    }

    String pathPart(String name) {
        return context.pathParam(name);
    }

    /** An id of the path; what is not an id names nothing. */
    UUID pathId(ProblemCode notFound) {
        var text = pathPart("id");
        return uuid(text).orElseThrow(() -> new Problem.NotFound(notFound, "there is nothing with the id " + text));
    }

    static Optional<UUID> uuid(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equalsIgnoreCase(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    Optional<String> query(String name) {
        var values = context.queryParams(name);
        if (values.size() > 1) {
            throw wrongParameter(name, name + " is given more than once");
        }
        return values.stream().findFirst();
    }

    /** All query parameters; each may be given once. */
    Map<String, String> queries() {
        var queries = new TreeMap<String, String>();
        for (var name : context.queryParamMap().keySet()) {
            query(name).ifPresent(value -> queries.put(name, value));
        }
        return queries;
    }

    void allowQueries(String... names) {
        for (var name : context.queryParamMap().keySet()) {
            if (!List.of(names).contains(name)) {
                throw wrongParameter(name, "there is no query parameter " + name + " here");
            }
        }
    }

    boolean isDryRun() {
        return isTrue("dry_run");
    }

    /** What a parameter that is true or false says; false where it is not given. */
    boolean isTrue(String parameter) {
        return query(parameter)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw wrongParameter(parameter, parameter + " is true or false");
                })
                .orElse(false);
    }

    int queryInteger(String name, int otherwise, int least, int most) {
        return query(name)
                .map(text -> {
                    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
                        throw wrongParameter(name, "%s is a number within %d to %d".formatted(name, least, most));
                    }
                    return Integer.parseInt(text);
                })
                .orElse(otherwise);
    }

    static Problem wrongParameter(String name, String detail) {
        return new Problem.Invalid(ProblemCode.INVALID_PARAMETER, name, detail);
    }

    /** The revision that the caller saw; empty if they did not say, or said that any will do. */
    OptionalLong ifMatch() {
        var header = header("If-Match").map(String::strip);
        if (header.isEmpty() || header.get().equals("*")) {
            return OptionalLong.empty();
        }
        var match = ETAG.matcher(header.get());
        if (!match.matches()) {
            throw wrongParameter("If-Match", "If-Match is an ETag as it was given, such as \"3\", or *");
        }
        return OptionalLong.of(Long.parseLong(match.group(1)));
    }

    /** The revision to write at: the one that the caller saw, or else the one that is there. */
    long revision(long there) {
        var seen = ifMatch();
        if (seen.isPresent() && seen.getAsLong() != there) {
            throw new Problem.Stale(there);
        }
        return there;
    }

    byte[] bytes() {
        var read = body;
        if (read == null) {
            try {
                read = context.req().getInputStream().readNBytes(MAX_BODY + 1);
            } catch (IOException broken) {
                throw new Problem.Invalid(ProblemCode.BAD_REQUEST, "", "the body could not be read to its end");
            }
            if (read.length > MAX_BODY) {
                throw new Problem.OverLimit(ProblemCode.BODY_TOO_LARGE, "a body is at most " + MAX_BODY + " bytes");
            }
            body = read;
        }
        return read;
    }

    /** JSON is exchanged in UTF-8 (RFC 8259, section 8.1). */
    private static void checkMediaType(String header) {
        var parts = header.split(";", -1);
        if (!JSON_TYPES.contains(parts[0].strip().toLowerCase(Locale.ROOT))) {
            throw new Problem.WrongMediaType("the body must be application/json");
        }
        for (var parameter : List.of(parts).subList(1, parts.length)) {
            var text = parameter.replace("\"", "").strip().toLowerCase(Locale.ROOT);
            if (text.startsWith("charset=") && !text.equals("charset=utf-8")) {
                throw new Problem.WrongMediaType("JSON is in UTF-8: " + text);
            }
        }
    }

    private String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes()))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw new Problem.Invalid(ProblemCode.MALFORMED_JSON, "", "the body is not in UTF-8");
        }
    }

    JsonNode json() {
        header("Content-Type").ifPresent(Request::checkMediaType);
        try {
            var node = Json.MAPPER.readTree(text());
            if (node == null || node.isMissingNode()) {
                throw new Problem.Invalid(ProblemCode.MALFORMED_JSON, "", "the body is empty");
            }
            return node;
        } catch (JacksonException malformed) {
            var where = malformed.getLocation();
            throw new Problem.Invalid(
                    ProblemCode.MALFORMED_JSON,
                    "",
                    "the body is not JSON at line %d, column %d"
                            .formatted(where == null ? 1 : where.getLineNr(), where == null ? 1 : where.getColumnNr()));
        }
    }

    Fields body() {
        return Fields.of(json(), "");
    }

    /** Actions take no arguments: their body is empty or an empty object. */
    void noArguments() {
        if (bytes().length > 0) {
            body().end();
        }
    }

    /** The values of a comma-separated parameter; empty if it is not given. */
    Optional<List<String>> queryList(String name) {
        return query(name).map(text -> {
            var values = new ArrayList<String>();
            for (var each : text.split(",", -1)) {
                values.add(each.strip());
            }
            return List.copyOf(values);
        });
    }
}
