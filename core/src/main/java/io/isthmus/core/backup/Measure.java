package io.isthmus.core.backup;

/** A value that a site was judged by, or its limit. */
public sealed interface Measure {
    record Amount(double value) implements Measure {}

    record Words(String text) implements Measure {}

    /** It is not known. */
    record Unknown() implements Measure {}

    static Measure of(double value) {
        return new Amount(value);
    }

    static Measure of(String text) {
        return new Words(text);
    }
}
