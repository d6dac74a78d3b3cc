package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isthmus.server.audit.AuditTrail;
import io.isthmus.store.audit.AuditRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class AuditApiTest extends ApiTest {
    private JsonNode records(String query, int wanted) {
        await().untilAsserted(() -> assertThat(
                        get("/v1/audit" + query).with(200).body().required("audit"))
                .hasSize(wanted));
        return get("/v1/audit" + query).body().required("audit");
    }

    @Test
    void changesAndTheirRefusalsAreWrittenDownAndReadingIsNot() {
        var made = post("/v1/sites", site("b")).with(201);
        post("/v1/sites", "{}").with(400);
        get("/v1/sites/b").with(200);
        delete("/v1/sites/b").with(204);
        var records = records("", 3);
        var created = records.get(2);
        assertThat(created.required("request_id").asString()).isEqualTo(made.header("x-openstack-request-id"));
        assertThat(created.required("operation").asString()).isEqualTo("createSite");
        assertThat(created.required("resource_id").asString()).isEqualTo("b");
        assertThat(created.required("user_id").asString()).isEqualTo("anonymous");
        assertThat(created.required("address").asString()).isEqualTo("127.0.0.1");
        assertThat(created.required("status").asInt()).isEqualTo(201);
        assertThat(created.required("code").isNull()).isTrue();
        assertThat(records.get(1).required("code").asString()).isEqualTo("missing_field");
        assertThat(records.get(0).required("operation").asString()).isEqualTo("deleteSite");
        assertThat(records("?status=204", 1).get(0).required("resource_id").asString())
                .isEqualTo("b");
        assertThat(records("?code=missing_field", 1)).hasSize(1);
        var page = get("/v1/audit?limit=2").with(200).body();
        assertThat(page.required("audit")).hasSize(2);
        assertThat(page.at("/links/0/href").asString()).contains("marker=2");
        assertThat(raw("DELETE", "/v1/audit", "", "application/json").status()).isEqualTo(405);
        assertThat(get("/v1/audit/verification")
                        .with(200)
                        .body()
                        .required("intact")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void administratorsOfAProjectSeeWhatItsTokensDid() {
        post("/v1/sites", site("b"), "X-Project-Id", "p1").with(201);
        post("/v1/sites", site("d"), "X-Project-Id", "p2").with(201);
        records("", 2);
        var own = get("/v1/audit", "X-Project-Id", "p1").with(200).body().required("audit");
        assertThat(own).hasSize(1);
        assertThat(own.get(0).required("project_id").asString()).isEqualTo("p1");
    }

    private static AuditRecord record(int status, int number) {
        return new AuditRecord(
                Instant.parse("2026-01-01T12:00:00Z"),
                "req-" + number,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                "192.0.2.1",
                "GET",
                "/v1/sites",
                "listSites",
                Optional.empty(),
                status,
                Optional.of("unauthenticated"));
    }

    @Test
    void strangersDoNotFillTheTrail() {
        var trail = new AuditTrail(stores.audit());
        for (int i = 0; i < 1_000; i++) {
            trail.add(record(401, i));
        }
        trail.add(record(403, 1_000));
        trail.close();
        assertThat(trail.leftOut()).isEqualTo(1_000 - AuditTrail.NUISANCES_A_MINUTE);
        assertThat(stores.audit().list(OptionalLong.empty(), 2_000, Optional.empty(), Map.of()))
                .hasSize(AuditTrail.NUISANCES_A_MINUTE + 1);
    }

    @Test
    void aRecordThatWasChangedOrTakenOutIsNoticed() {
        for (int i = 0; i < 10; i++) {
            stores.audit().append(List.of(record(403, i)));
        }
        assertThat(stores.audit().verify().brokenAt()).isEmpty();
        stores.database().write(sql -> sql.sql().execute("update audit set user_id = 'x' where seq = 4"));
        assertThat(stores.audit().verify().brokenAt()).hasValue(4);
        stores.database().write(sql -> sql.sql().execute("update audit set user_id = null where seq = 4"));
        assertThat(stores.audit().verify().brokenAt()).isEmpty();
        stores.database().write(sql -> sql.sql().execute("delete from audit where seq = 7"));
        assertThat(stores.audit().verify().brokenAt()).hasValue(8);
        stores.database().write(sql -> sql.sql().execute("delete from audit where seq > 6"));
        assertThat(stores.audit().verify().brokenAt()).as("cut off at its end").hasValue(7);
    }

    @Test
    void theOldestAreRemovedAndTheRestStillVouchesForItself() {
        var few = new io.isthmus.store.audit.AuditStore(stores.database(), 5);
        for (int i = 0; i < 12; i++) {
            few.append(List.of(record(403, i)));
        }
        few.prune();
        var found = few.verify();
        assertThat(found.records()).isEqualTo(5);
        assertThat(found.first()).isEqualTo(8);
        assertThat(found.brokenAt()).isEmpty();
    }
}
