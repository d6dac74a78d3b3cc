package io.isthmus.server.api;

import java.util.LinkedHashMap;
import java.util.Map;

/** What every reply has in its head, whoever of us gives it. */
final class ReplyHeaders {
    private ReplyHeaders() {}

    static Map<String, String> of(String requestId, Authentication authentication) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Openstack-Request-Id", requestId);
        headers.put(Versions.HEADER, Versions.SERVED);
        headers.put("OpenStack-API-Minimum-Version", Versions.SERVED);
        headers.put("OpenStack-API-Maximum-Version", Versions.SERVED);
        headers.put("Vary", Versions.HEADER);
        headers.put("Cache-Control", "no-store");
        authentication.warning().ifPresent(text -> headers.put("Warning", "299 - \"" + text + "\""));
        return headers;
    }
}
