package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CredentialsApiTest extends ApiTest {
    private static final String PASSWORD = """
            {"id": "openstack-b", "kind": "keystone_password", "username": "isthmus", "project_name": "service",
             "password": "s3cret-of-b"}""";

    @Test
    void secretsGoInAndNeverComeOut() {
        var made = post("/v1/credentials", PASSWORD).with(201);
        assertThat(made.text("username")).isEqualTo("isthmus");
        assertThat(made.text("user_domain_name")).isEqualTo("Default");
        assertThat(made.body().required("secrets").toString()).isEqualTo("[\"password\"]");
        for (var answer : new Answer[] {
            made,
            get("/v1/credentials/openstack-b").with(200),
            get("/v1/credentials").with(200)
        }) {
            assertThat(answer.body().toString()).doesNotContain("s3cret-of-b");
        }
        post("/v1/credentials", PASSWORD).isProblem(409, "id_taken", "/id");
        assertThat(get("/v1/credentials?username=isthmus").body().required("credentials"))
                .hasSize(1);
        assertThat(get("/v1/credentials?username=other").body().required("credentials"))
                .isEmpty();
    }

    @Test
    void aCredentialIsReplacedAsAWholeAndOnlyAsItWasSeen() {
        post("/v1/credentials", PASSWORD).with(201);
        var key = """
                {"kind": "ssh_key", "private_key": "-----BEGIN OPENSSH PRIVATE KEY-----\\nabc\\n-----END"}""";
        put("/v1/credentials/openstack-b", JSON.readTree(key), "If-Match", "\"7\"")
                .with(412);
        var replaced = put("/v1/credentials/openstack-b", JSON.readTree(key)).with(200);
        assertThat(replaced.text("kind")).isEqualTo("ssh_key");
        assertThat(replaced.body().required("username").isNull()).isTrue();
        assertThat(replaced.header("etag")).isEqualTo("\"2\"");
        delete("/v1/credentials/openstack-b").with(204);
        get("/v1/credentials/openstack-b").isProblem(404, "credential_not_found", "");
    }

    @Test
    void whatIsRefusedIsNotRepeated() {
        post("/v1/credentials", "{\"id\": \"x\", \"kind\": \"ssh_key\", \"private_key\": \"s3cret that is no key\"}")
                .isProblem(400, "invalid_value", "/private_key");
        var answer = post(
                "/v1/credentials",
                "{\"id\": \"x\", \"kind\": \"ssh_key\", \"private_key\": \"-----BEGIN s3cret\", \"password\": \"s3cret\"}");
        answer.isProblem(400, "unknown_field", "/password");
        assertThat(answer.body().toString()).doesNotContain("s3cret");
        post("/v1/credentials", PASSWORD.replace("openstack-b", "../etc")).isProblem(400, "invalid_value", "/id");
        post("/v1/credentials", PASSWORD.replace("openstack-b", "in-file")).isProblem(409, "id_taken", "/id");
        assertThat(get("/v1/credentials").body().required("credentials")).isEmpty();
    }

    @Test
    void whatASiteNamesIsNotDeleted() {
        var site = site("b");
        ((tools.jackson.databind.node.ObjectNode) site.get("cloud")).put("credential_id", "openstack-b");
        post("/v1/credentials", PASSWORD).with(201);
        post("/v1/sites", site).with(201);
        var refused = delete("/v1/credentials/openstack-b").with(409);
        assertThat(refused.text("code")).isEqualTo("in_use");
        assertThat(refused.body().required("candidates").get(0).asString()).isEqualTo("b");
    }
}
