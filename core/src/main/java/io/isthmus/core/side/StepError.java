package io.isthmus.core.side;

import java.time.Instant;

/**
 * Why a step did not succeed.
 *
 * @param step what was being done, such as {@code create subnet} or {@code reserve}
 * @param code stable and documented
 * @param detail what happened; never a secret
 * @param hint what a person can do next
 */
public record StepError(String step, String code, String detail, String hint, Instant at) {}
