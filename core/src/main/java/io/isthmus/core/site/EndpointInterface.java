package io.isthmus.core.site;

/** Which of the addresses that a catalogue has for a service; Keystone's word for it is {@code interface}. */
public enum EndpointInterface {
    PUBLIC,
    INTERNAL,
    ADMIN
}
