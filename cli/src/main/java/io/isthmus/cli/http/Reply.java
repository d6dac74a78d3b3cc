package io.isthmus.cli.http;

import tools.jackson.databind.JsonNode;

/**
 * What the controller answered.
 *
 * @param body an empty object where there was no JSON
 * @param etag empty where there was none
 */
public record Reply(int status, JsonNode body, String etag, String requestId) {
    boolean isRefusal() {
        return status >= 400;
    }
}
