package io.isthmus.server.api;

import java.time.Duration;
import java.util.List;

/** Why a request is refused; the caller's fault. Rendered once, by {@link Problems}, as RFC 9457 says. */
public abstract sealed class Problem extends RuntimeException {
    private final ProblemCode code;
    private final transient List<FieldError> errors;
    private final transient List<String> candidates;
    private final String hint;

    private Problem(
            int status,
            ProblemCode code,
            String detail,
            String hint,
            List<FieldError> errors,
            List<String> candidates) {
        super(detail, null, false, false);
        if (code.status() != status && status != 0) {
            throw new IllegalArgumentException(code + " does not answer " + status);
        }
        this.code = code;
        this.hint = hint;
        this.errors = List.copyOf(errors);
        this.candidates = List.copyOf(candidates);
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    /** What the caller can do; empty if there is nothing more to say. */
    public String hint() {
        return hint;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** When asking again may help, where its status says that it may. */
    public Duration retryAfter() {
        return Duration.ofSeconds(1);
    }

    /** Ids of which one may have been meant, or that stand in the way. */
    public List<String> candidates() {
        return candidates;
    }

    private static List<FieldError> at(String pointer, ProblemCode code, String detail) {
        return pointer.isEmpty() ? List.of() : List.of(new FieldError(pointer, code, detail));
    }

    /** The request cannot be read, or a value of it is not allowed. */
    public static final class Invalid extends Problem {
        public Invalid(ProblemCode code, String pointer, String detail) {
            super(400, code, detail, "", List.of(new FieldError(pointer, code, detail)), List.of());
        }

        public Invalid(List<FieldError> errors) {
            super(400, errors.getFirst().code(), errors.getFirst().detail(), "", errors, List.of());
        }
    }

    public static final class Unauthorized extends Problem {
        public Unauthorized(String detail) {
            super(401, ProblemCode.UNAUTHENTICATED, detail, "", List.of(), List.of());
        }
    }

    public static final class Forbidden extends Problem {
        public Forbidden(String detail) {
            this(ProblemCode.FORBIDDEN, detail, "");
        }

        public Forbidden(ProblemCode code, String detail, String hint) {
            super(403, code, detail, hint, List.of(), List.of());
        }
    }

    public static final class NotFound extends Problem {
        public NotFound(ProblemCode code, String detail) {
            this(code, "", detail);
        }

        public NotFound(ProblemCode code, String pointer, String detail) {
            this(code, pointer, detail, List.of());
        }

        public NotFound(ProblemCode code, String pointer, String detail, List<String> candidates) {
            super(404, code, detail, "", at(pointer, code, detail), candidates);
        }
    }

    public static final class WrongMethod extends Problem {
        public WrongMethod(String detail) {
            super(405, ProblemCode.METHOD_NOT_ALLOWED, detail, "", List.of(), List.of());
        }
    }

    public static final class UnknownVersion extends Problem {
        public UnknownVersion(String detail) {
            super(406, ProblemCode.UNKNOWN_VERSION, detail, "", List.of(), List.of());
        }
    }

    /** Something that is there, or its state, stands in the way; nothing was changed. */
    public static final class Conflict extends Problem {
        public Conflict(ProblemCode code, String pointer, String detail, List<String> candidates) {
            super(409, code, detail, "", at(pointer, code, detail), candidates);
        }
    }

    public static final class Stale extends Problem {
        public Stale(long revision) {
            super(
                    412,
                    ProblemCode.STALE_REVISION,
                    "it is at revision " + revision + " now",
                    "read it again and repeat the change",
                    List.of(),
                    List.of());
        }
    }

    public static final class OverLimit extends Problem {
        private final Duration retryAfter;

        public OverLimit(ProblemCode code, String detail) {
            this(code, detail, Duration.ofSeconds(1));
        }

        /** A limit that will be kept again after some time. */
        public OverLimit(ProblemCode code, String detail, Duration retryAfter) {
            super(0, code, detail, "", List.of(), List.of());
            this.retryAfter = retryAfter;
        }

        @Override
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    public static final class WrongMediaType extends Problem {
        public WrongMediaType(String detail) {
            super(415, ProblemCode.UNSUPPORTED_MEDIA_TYPE, detail, "", List.of(), List.of());
        }
    }

    /** The request is well formed, but what it asks for cannot be. */
    public static final class Impossible extends Problem {
        public Impossible(ProblemCode code, String pointer, String detail, String hint) {
            super(422, code, detail, hint, at(pointer, code, detail), List.of());
        }
    }

    public static final class Unavailable extends Problem {
        public Unavailable(String detail) {
            this(ProblemCode.UNAVAILABLE, detail, "");
        }

        public Unavailable(ProblemCode code, String detail, String hint) {
            super(503, code, detail, hint, List.of(), List.of());
        }
    }

    /**
     * The problem that a planner's answer stands for.
     *
     * @param code as in {@link ProblemCode#word}
     * @param field with dots, as {@code local_endpoint.site}
     */
    public static Problem ofPlanner(String code, String field, String detail, String hint) {
        var known = ProblemCode.of(code)
                .orElseThrow(() -> new IllegalStateException("a planner's code is not documented: " + code));
        var pointer = field.isEmpty() ? "" : "/" + field.replace('.', '/');
        return switch (known.status()) {
            case 404 -> new NotFound(known, pointer, detail);
            case 409 -> new Conflict(known, pointer, detail, List.of());
            default -> new Impossible(known, pointer, detail, hint);
        };
    }
}
