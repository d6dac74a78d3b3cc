package io.isthmus.server.webhook;

import io.isthmus.store.Json;
import io.isthmus.store.event.Event;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An event as it is sent: CloudEvents 1.0 in structured mode, signed as Standard Webhooks describes. */
final class CloudEvent {
    static final String MEDIA_TYPE = "application/cloudevents+json";
    private static final String GIVEN_IN_BASE64 = "whsec_";

    private CloudEvent() {}

    /** The same in every attempt, so that who gets it twice can tell. */
    static String id(Event event) {
        return "evt_" + event.seq();
    }

    static String body(Event event) {
        var document = Json.MAPPER.createObjectNode();
        document.put("specversion", "1.0");
        document.put("id", id(event));
        document.put("source", "/v1/events");
        document.put("type", "io.isthmus." + event.kind());
        document.put("subject", event.resourceType() + "s/" + event.resourceId());
        document.put("time", event.at().toString());
        document.put("datacontenttype", "application/json");
        var data = document.putObject("data");
        data.put("resource_type", event.resourceType());
        data.put("resource_id", event.resourceId());
        data.put("project_id", event.project().orElse(null));
        data.put("revision", event.revision());
        data.set("data", Json.MAPPER.valueToTree(event.data()));
        return Json.write(document);
    }

    /** {@code v1,} and the HMAC-SHA256 of id, time and body, joined by full stops, in base64. */
    static String signature(String secret, String id, Instant at, String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
            var text = id + "." + at.getEpochSecond() + "." + body;
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As Standard Webhooks write it: {@code whsec_} and base64; any other text counts as it is. */
    private static byte[] key(String secret) {
        if (secret.startsWith(GIVEN_IN_BASE64)) {
            try {
                return Base64.getDecoder().decode(secret.substring(GIVEN_IN_BASE64.length()));
            } catch (IllegalArgumentException notBase64) {
                // Then it is a text that only begins like one.
            }
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }
}
