package io.isthmus.southbound.openstack;

import java.net.URI;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why an address and the server behind it do not fit, so that somebody must correct one of them.
 *
 * @param words what the server does, after its name: {@code speaks plain HTTP, …}
 */
record Misfit(String code, String words, String hint) {
    static final Misfit TLS_WANTED = new Misfit(
            "wrong_scheme",
            "speaks TLS, but its address begins with http://",
            "Write https:// in the site's auth_url, or in the catalogue's or the site's address of Neutron.");
    static final Misfit PLAIN_WANTED = new Misfit(
            "wrong_scheme",
            "speaks plain HTTP, but its address begins with https://",
            "Write http:// in the site's auth_url, or in the catalogue's or the site's address of Neutron; better, let it"
                    + " speak TLS.");

    private static final int LONGEST = 200;
    /** As nginx, Apache and Go's server say it. */
    private static final Pattern PLAIN_HTTP_COMPLAINT = Pattern.compile(
            "plain HTTP request was sent to HTTPS port|plain HTTP to an SSL-enabled server|HTTP request to an HTTPS server",
            Pattern.CASE_INSENSITIVE);

    static Misfit redirect(String location) {
        var shown = location.replaceAll("[\\p{Cntrl}\\s]+", " ").replaceAll("[?#].*", "");
        return new Misfit(
                location.startsWith("https:") ? "wrong_scheme" : "redirected",
                "redirects to " + (shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown),
                "Isthmus follows no redirects, for they would take its token along: write that address in the site's"
                        + " auth_url or in the catalogue, if it is the right one.");
    }

    static boolean isComplaintOfPlainHttp(URI url, String body) {
        return "http".equals(url.getScheme())
                && PLAIN_HTTP_COMPLAINT.matcher(body).find();
    }

    /** What the client's failure says of the server's TLS; empty if nothing. */
    static Optional<Misfit> of(@Nullable Throwable failure) {
        if (!(failure instanceof SSLException)) {
            return Optional.empty();
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var message = String.valueOf(cause.getMessage());
            if (message.contains("Unsupported or unrecognized SSL message")
                    || message.contains("plaintext connection")) {
                return Optional.of(PLAIN_WANTED);
            }
            if (cause instanceof CertificateExpiredException) {
                return Optional.of(new Misfit(
                        "tls_untrusted",
                        "shows a certificate that has expired",
                        "Renew the server's certificate, and check this node's date."));
            }
            if (cause instanceof CertPathBuilderException) {
                return Optional.of(new Misfit(
                        "tls_untrusted",
                        "shows a certificate whose issuer is not trusted",
                        "Set the site's ca_certificate to the certificate of that issuer, in PEM form."));
            }
            if (cause instanceof CertPathValidatorException) {
                return Optional.of(new Misfit(
                        "tls_untrusted",
                        "shows a certificate that the trusted issuers did not sign",
                        "Set the site's ca_certificate to the certificate of the issuer, in PEM form."));
            }
            if (cause instanceof CertificateException && message.startsWith("No ")) {
                return Optional.of(new Misfit(
                        "tls_untrusted",
                        "shows a certificate for another name (" + message + ")",
                        "Write the name that the certificate has in the address, or renew the certificate."));
            }
        }
        return Optional.empty();
    }
}
