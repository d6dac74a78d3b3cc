package io.isthmus.southbound.openstack;

import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Outcome;

/**
 * A request to Keystone or Neutron that did not do what was asked. It travels inside this package only; the driver answers
 * it as an {@link Outcome}.
 */
final class NotDone extends Exception {
    private static final long serialVersionUID = 1;

    /** Which {@link Outcome} it is. */
    enum Kind {
        REFUSED,
        UNREACHABLE,
        UNKNOWN
    }

    private final Kind kind;
    private final transient Failure failure;

    NotDone(Kind kind, Failure failure) {
        super(failure.code() + ": " + failure.detail(), null, false, false);
        this.kind = kind;
        this.failure = failure;
    }

    static NotDone refused(String code, String detail, String hint) {
        return new NotDone(Kind.REFUSED, new Failure(code, detail, hint));
    }

    static NotDone unreachable(String code, String detail, String hint) {
        return new NotDone(Kind.UNREACHABLE, new Failure(code, detail, hint));
    }

    static NotDone unknown(String code, String detail, String hint) {
        return new NotDone(Kind.UNKNOWN, new Failure(code, detail, hint));
    }

    Kind kind() {
        return kind;
    }

    Failure failure() {
        return failure;
    }

    boolean is(String code) {
        return failure.code().equals(code);
    }

    /** The same failure as another kind. */
    NotDone as(Kind other) {
        return new NotDone(other, failure);
    }

    /** The same failure with {@code place} named before its detail. */
    NotDone in(String place) {
        return new NotDone(kind, new Failure(failure.code(), place + ": " + failure.detail(), failure.hint()));
    }

    <T> Outcome<T> outcome() {
        return switch (kind) {
            case REFUSED -> new Outcome.Refused<>(failure);
            case UNREACHABLE -> new Outcome.Unreachable<>(failure);
            case UNKNOWN -> new Outcome.Unknown<>(failure);
        };
    }
}
