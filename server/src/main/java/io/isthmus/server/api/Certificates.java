package io.isthmus.server.api;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;

/** Reads certificates in PEM form from requests, so that one that nobody can read is refused when it is written. */
final class Certificates {
    private static final int MOST_TEXT = 65_536;

    private Certificates() {}

    static Optional<String> find(Fields fields, String field) {
        return fields.findLines(field, MOST_TEXT)
                .filter(text -> !text.isBlank())
                .map(text -> {
                    try {
                        var read = CertificateFactory.getInstance("X.509")
                                .generateCertificates(
                                        new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
                        if (read.isEmpty()) {
                            throw fields.invalid(field, field + " must be certificates in PEM form");
                        }
                        return text;
                    } catch (CertificateException unreadable) {
                        throw fields.invalid(field, field + " must be certificates in PEM form");
                    }
                });
    }
}
