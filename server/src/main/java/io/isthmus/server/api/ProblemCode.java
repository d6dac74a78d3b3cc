package io.isthmus.server.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The stable codes of problems, each with its HTTP status and title; {@code docs/errors.md} explains them. */
public enum ProblemCode {
    MALFORMED_JSON(400, "The body is not JSON"),
    UNKNOWN_FIELD(400, "The body has a field that is not known here"),
    READ_ONLY_FIELD(400, "The body has a field that only Isthmus sets"),
    MISSING_FIELD(400, "The body lacks a field"),
    WRONG_TYPE(400, "A field has the wrong type"),
    INVALID_VALUE(400, "A field's value is not allowed"),
    HOST_BITS(400, "A CIDR has host bits"),
    INVALID_PARAMETER(400, "A query parameter or header is not allowed"),
    BAD_REQUEST(400, "The request cannot be understood"),
    UNAUTHENTICATED(401, "The caller is not known"),
    FORBIDDEN(403, "The caller may not do this"),
    WRONG_SCOPE(403, "The token's scope does not fit"),
    QUOTA_EXCEEDED(403, "The project's quota is used up"),
    ROUTE_NOT_FOUND(404, "There is nothing at this path"),
    SITE_NOT_FOUND(404, "There is no such site"),
    LINK_NOT_FOUND(404, "There is no such link"),
    ENDPOINT_NOT_FOUND(404, "There is no such endpoint"),
    CONNECTION_NOT_FOUND(404, "There is no such connection"),
    BACKUP_CHOICE_NOT_FOUND(404, "There is no such backup choice"),
    OPERATION_NOT_FOUND(404, "There is no such operation"),
    CREDENTIAL_NOT_FOUND(404, "There is no such credential"),
    WEBHOOK_NOT_FOUND(404, "There is no such webhook"),
    QUOTA_NOT_FOUND(404, "There is no such quota"),
    SERVER_NOT_FOUND(404, "There is no such server"),
    METHOD_NOT_ALLOWED(405, "The method is not for this path"),
    UNKNOWN_VERSION(406, "The API version is not known"),
    AMBIGUOUS_SITE(409, "Several sites match"),
    SERVER_AMBIGUOUS(409, "Several servers match"),
    ID_TAKEN(409, "The id belongs to something else"),
    IN_USE(409, "Others still need it"),
    NETWORK_IN_USE(409, "Tenants use the network"),
    ENDPOINT_IN_USE(409, "The endpoint belongs to another connection"),
    SITE_DOWN(409, "The site is administratively down"),
    WRONG_STATE(409, "Its state does not allow this"),
    IDEMPOTENCY_KEY_REUSED(409, "The idempotency key was used for another request"),
    IDEMPOTENCY_KEY_IN_PROGRESS(409, "The first request with this idempotency key is not answered yet"),
    SEALING_OFF(409, "The node has no key to seal secrets with"),
    STALE_REVISION(412, "It has changed since it was read"),
    BODY_TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The path and its query are too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body has the wrong media type"),
    URL_NOT_ALLOWED(422, "Nothing may be sent to this URL"),
    SAME_SITE(422, "Both endpoints are at one site"),
    CIDR_MISMATCH(422, "Both ends of a stretched network need the same CIDR"),
    ALLOCATION_POOL(422, "The allocation pools do not fit together"),
    NOT_SUPPORTED(422, "This version cannot do this yet"),
    ENDPOINT_KIND(422, "The endpoint does not fit the service"),
    PREFIX_OVERLAP(422, "Two prefixes overlap"),
    PREFIX_UNKNOWN(422, "The router does not reach the prefix"),
    PREFIX_VERSION(422, "The prefix has the wrong address version"),
    ROUTER_NOT_FOUND(422, "The site has no such router"),
    ROUTER_AMBIGUOUS(422, "Several routers serve the network"),
    COMPUTE_MISSING(422, "The site's cloud has no Nova"),
    NETWORK_NOT_FOUND(422, "The site has no such network"),
    NETWORK_NOT_VLAN(422, "The network is not a VLAN of the site's physical network"),
    NETWORK_NOT_EXTERNAL(422, "The network is not external"),
    TRANSIT_EXHAUSTED(422, "No transit network is left"),
    NAT_EXHAUSTED(422, "No prefix is left to translate to"),
    NO_GATEWAY(422, "The site has no gateway"),
    NO_PATH(422, "No path satisfies the request"),
    PATH_UNDECIDED(422, "The search for a path ended without an answer"),
    NO_CAPACITY(422, "A link has too little bandwidth left"),
    MTU_TOO_LARGE(422, "The MTU does not fit the path"),
    VLAN_EXHAUSTED(422, "The site has no VLAN left"),
    VNI_EXHAUSTED(422, "No VNI is left"),
    TOO_MANY_REQUESTS(429, "Too many at a time"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    INTERNAL_ERROR(500, "Isthmus made a mistake"),
    KEYSTONE_UNAVAILABLE(503, "Keystone cannot be asked who the caller is"),
    SITE_UNAVAILABLE(503, "A site that must be read first does not answer"),
    UNAVAILABLE(503, "Isthmus cannot answer now");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** As clients see it: {@code no_path}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ProblemCode> of(String word) {
        return Arrays.stream(values()).filter(code -> code.word().equals(word)).findFirst();
    }
}
