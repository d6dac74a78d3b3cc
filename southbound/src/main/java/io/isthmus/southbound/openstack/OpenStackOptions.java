package io.isthmus.southbound.openstack;

import java.time.Duration;

/**
 * The limits that the driver keeps when it talks to an OpenStack.
 *
 * @param connectTimeout for opening a connection
 * @param requestTimeout for one request, its answer included
 * @param callTimeout for one call of the driver, all its requests, retries and pauses included
 * @param readAttempts how often a request that changes nothing is sent before the driver gives up; 1 or more
 * @param readPause before the second attempt; it doubles before each further one
 * @param pageSize how many items are asked for at once where the list may be long
 * @param maxPages how many pages of one list are read before the driver refuses to go on
 * @param maxBodyBytes the largest answer that is read
 */
public record OpenStackOptions(
        Duration connectTimeout,
        Duration requestTimeout,
        Duration callTimeout,
        int readAttempts,
        Duration readPause,
        int pageSize,
        int maxPages,
        int maxBodyBytes) {

    public static final OpenStackOptions DEFAULTS = new OpenStackOptions(
            Duration.ofSeconds(3),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            3,
            Duration.ofMillis(100),
            500,
            200,
            8 * 1024 * 1024);

    public OpenStackOptions {
        if (!positive(connectTimeout) || !positive(requestTimeout) || !positive(callTimeout)) {
            throw new IllegalArgumentException("every timeout must be positive");
        }
        if (connectTimeout.compareTo(requestTimeout) > 0 || requestTimeout.compareTo(callTimeout) > 0) {
            throw new IllegalArgumentException("connect_timeout <= request_timeout <= call_timeout must hold: "
                    + connectTimeout + ", " + requestTimeout + ", " + callTimeout);
        }
        if (readAttempts < 1 || readAttempts > 10 || readPause.isNegative()) {
            throw new IllegalArgumentException("read_attempts must be within 1 to 10, read_pause not negative");
        }
        if (pageSize < 1 || maxPages < 1 || maxBodyBytes < 1024) {
            throw new IllegalArgumentException("page_size and max_pages must be positive, max_body_bytes 1024 or more");
        }
    }

    private static boolean positive(Duration duration) {
        return duration.isPositive();
    }

    /** These options with other time limits. */
    public OpenStackOptions withTimeouts(Duration connect, Duration request, Duration call) {
        return new OpenStackOptions(connect, request, call, readAttempts, readPause, pageSize, maxPages, maxBodyBytes);
    }

    /** These options with other retries of what changes nothing. */
    public OpenStackOptions withReadRetries(int attempts, Duration pause) {
        return new OpenStackOptions(
                connectTimeout, requestTimeout, callTimeout, attempts, pause, pageSize, maxPages, maxBodyBytes);
    }

    /** These options with other limits of lists and answers. */
    public OpenStackOptions withSizes(int itemsInPage, int pages, int bodyBytes) {
        return new OpenStackOptions(
                connectTimeout, requestTimeout, callTimeout, readAttempts, readPause, itemsInPage, pages, bodyBytes);
    }
}
