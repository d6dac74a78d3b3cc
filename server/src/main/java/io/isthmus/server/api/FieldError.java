package io.isthmus.server.api;

/**
 * What is wrong with one part of a request.
 *
 * @param pointer JSON pointer (RFC 6901) into the body, or the name of a query parameter or header
 */
public record FieldError(String pointer, ProblemCode code, String detail) {}
