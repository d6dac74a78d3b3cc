package io.isthmus.southbound.openstack;

/** One way in which a fake server fails a request. */
public enum Fault {
    /** Does nothing and never answers. */
    HANG(false),
    /** Does nothing and closes the connection. */
    CLOSE(false),
    /** Does nothing and answers 500. */
    ERROR_500(false),
    /** Does nothing and answers 503. */
    ERROR_503(false),
    /** Does nothing and answers 429. */
    BUSY(false),
    /** Does nothing and answers 401. */
    UNAUTHORIZED(false),
    /** Does nothing and answers 200 with a web page. */
    WEB_PAGE(false),
    /** Does it, and never answers. */
    DONE_THEN_HANG(true),
    /** Does it, and closes the connection without an answer. */
    DONE_THEN_CLOSE(true),
    /** Does it, and answers 503. */
    DONE_THEN_503(true),
    /** Does it, and stops in the middle of the answer. */
    DONE_THEN_HALF(true);

    private final boolean isDone;

    Fault(boolean isDone) {
        this.isDone = isDone;
    }

    /** The request has its effect all the same. */
    public boolean isDone() {
        return isDone;
    }

    /** The client sees its connection end. */
    public boolean isClosing() {
        return this == CLOSE || this == DONE_THEN_CLOSE;
    }

    /** The client only notices because its time is up. */
    public boolean isSilent() {
        return this == HANG || this == DONE_THEN_HANG || this == DONE_THEN_HALF;
    }
}
