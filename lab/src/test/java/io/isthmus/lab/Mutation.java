package io.isthmus.lab;

/**
 * One change that somebody makes by hand to what a connection has at a site, and what an audit must say of it.
 *
 * @param kind what is done, the same for all sites and values
 * @param object of the finding, as is {@code field}
 * @param mending what becomes of it
 * @param undo puts back what Isthmus leaves alone
 */
record Mutation(
        String kind, String site, String object, String field, Mending mending, Runnable inject, Runnable undo) {

    /** What becomes of a finding. */
    enum Mending {
        REPAIRED,
        LEFT_ALONE
    }

    boolean isLeftAlone() {
        return mending == Mending.LEFT_ALONE;
    }
}
