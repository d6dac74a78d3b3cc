package io.isthmus.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a list goes on: behind the row that had this sort value and this id, be it still there or not. It is written {@code
 * ~value~id}, with the value in base64url, so that it cannot be taken for an id.
 */
public record Marker(String sortValue, String id) {
    private static final String SIGN = "~";

    public String text() {
        return SIGN
                + Base64.getUrlEncoder().withoutPadding().encodeToString(sortValue.getBytes(StandardCharsets.UTF_8))
                + SIGN
                + id;
    }

    /** Empty if the text is the id of a row. */
    static Optional<Marker> parse(String text) {
        if (!text.startsWith(SIGN)) {
            return Optional.empty();
        }
        var end = text.indexOf(SIGN, 1);
        try {
            return Optional.of(new Marker(
                    new String(Base64.getUrlDecoder().decode(text.substring(1, end)), StandardCharsets.UTF_8),
                    text.substring(end + 1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            throw new ListQuery.InvalidQuery("marker", "this marker was never given: " + text);
        }
    }
}
