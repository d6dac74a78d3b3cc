package io.isthmus.core.diagnosis;

/** What a finding means for the connection. */
public enum Severity {
    /** It breaks or harms the connection, and a person should act on it. */
    ERROR,
    /** It may harm something, or will soon. */
    WARNING,
    /** It follows from an error further up the list; mend that one first. */
    SYMPTOM
}
