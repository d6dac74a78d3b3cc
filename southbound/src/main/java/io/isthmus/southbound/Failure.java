package io.isthmus.southbound;

/**
 * Why the outside world did not do what was asked.
 *
 * @param code stable and documented, such as {@code neutron_unreachable}
 * @param detail what happened, with the other side's own words where they help; never a secret
 * @param hint what a person can do next
 */
public record Failure(String code, String detail, String hint) {}
