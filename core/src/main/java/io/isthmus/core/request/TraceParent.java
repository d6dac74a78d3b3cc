package io.isthmus.core.request;

import java.util.Optional;
import java.util.regex.Pattern;

/** Of which trace the work of this thread is part: the {@code traceparent} of W3C Trace Context. */
public final class TraceParent {
    public static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    /** The current one; empty where nobody traces. */
    public static Optional<String> find() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Whether it is well formed, in the version that is known. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }
}
