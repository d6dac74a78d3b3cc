package io.isthmus.core.connection;

/** What a connection was ordered and got before the update under way: it is kept until the new settings pass probes. */
public record Settings(Connection desired, Reservation reservation) {}
