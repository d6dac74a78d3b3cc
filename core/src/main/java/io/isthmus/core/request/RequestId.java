package io.isthmus.core.request;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id by which a request is known wherever it causes something, as OpenStack writes it: {@code req-} and a UUID. It goes
 * to Keystone and Neutron as their global request id.
 */
public final class RequestId {
    /** The id that the work of this thread is done for. */
    public static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private static final Pattern FORM =
            Pattern.compile("req-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private RequestId() {}

    /** The current one, if there is one and it is well formed. */
    public static Optional<String> find() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()).filter(RequestId::isOne) : Optional.empty();
    }

    /** Whether others may be sent this text as an id. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }
}
