package io.isthmus.southbound.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeutronComplaintsTest {

    @ParameterizedTest(name = "{0} {1} to a read: {2} {3}, to a write: {4} {5}")
    @CsvSource({
        "302, '',                  UNREACHABLE, neutron_error,      UNKNOWN,     neutron_error",
        "400, InvalidInput,        REFUSED,     neutron_rejected,   REFUSED,     neutron_rejected",
        "401, '',                  REFUSED,     credential_refused, REFUSED,     credential_refused",
        "403, PolicyNotAuthorized, REFUSED,     neutron_forbidden,  REFUSED,     neutron_forbidden",
        "404, NetworkNotFound,     REFUSED,     neutron_rejected,   UNKNOWN,     changed_meanwhile",
        "409, VlanIdInUse,         REFUSED,     vlan_in_use,        REFUSED,     vlan_in_use",
        "409, NetworkInUse,        REFUSED,     network_in_use,     REFUSED,     network_in_use",
        "409, SubnetInUse,         REFUSED,     subnet_in_use,      REFUSED,     subnet_in_use",
        "409, OverQuota,           REFUSED,     quota_exceeded,     REFUSED,     quota_exceeded",
        "409, GatewayIpInUse,      REFUSED,     neutron_conflict,   REFUSED,     neutron_conflict",
        "413, '',                  UNREACHABLE, neutron_busy,       UNREACHABLE, neutron_busy",
        "429, '',                  UNREACHABLE, neutron_busy,       UNREACHABLE, neutron_busy",
        "500, '',                  UNREACHABLE, neutron_error,      UNKNOWN,     neutron_error",
        "502, '',                  UNREACHABLE, neutron_error,      UNKNOWN,     neutron_error",
        "503, '',                  UNREACHABLE, neutron_error,      UNKNOWN,     neutron_error",
        "504, '',                  UNREACHABLE, neutron_error,      UNKNOWN,     neutron_error",
    })
    void everyStatusHasItsMeaning(
            int status, String type, NotDone.Kind read, String readCode, NotDone.Kind write, String writeCode) {
        var words = new Words(type, "answered " + status);

        var toRead = NeutronComplaints.of("192.0.2.1:9696", status, words, false, "cloud-b");
        var toWrite = NeutronComplaints.of("192.0.2.1:9696", status, words, true, "cloud-b");

        assertThat(toRead.kind()).isEqualTo(read);
        assertThat(toRead.failure().code()).isEqualTo(readCode);
        assertThat(toWrite.kind()).isEqualTo(write);
        assertThat(toWrite.failure().code()).isEqualTo(writeCode);
        assertThat(List.of(toRead, toWrite)).allSatisfy(notDone -> {
            assertThat(notDone.failure().detail()).contains("192.0.2.1:9696", "answered " + status);
            assertThat(notDone.failure().hint()).isNotBlank();
        });
    }

    @Test
    void anOverlappingSubnetHasItsOwnCode() {
        var words = new Words("InvalidInput", "answered 400: Requested subnet ... overlaps with another subnet.");

        assertThat(NeutronComplaints.of("n", 400, words, true, "c").failure().code())
                .isEqualTo("subnet_overlaps");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"NeutronError\": {\"type\": \"VlanIdInUse\", \"message\": \"no way\", \"detail\": \"\"}} | VlanIdInUse",
                "{\"error\": {\"code\": 409, \"title\": \"Conflict\", \"message\": \"no way\"}} | ''",
                "{\"error\": \"no way\"} | ''",
                "{\"message\": \"no way\", \"code\": \"409\", \"title\": \"Conflict\"} | ''",
                "no way | ''",
            })
    void everyShapeOfAnErrorIsRead(String body, String type) {
        var words = Words.of(reply(body), List.of());

        assertThat(words).isEqualTo(new Words(type, "answered 409: no way (req-1)"));
    }

    @Test
    void whatAServerSaysIsShortOnOneLineAndWithoutSecrets() {
        var words = Words.of(
                reply("<html>\n\ttoken gAAAA-secret is bad" + " x".repeat(1000) + "</html>"),
                List.of("gAAAA-secret", "pw"));

        assertThat(words.text())
                .startsWith("answered 409: <html> token *** is bad")
                .hasSizeLessThan(450)
                .doesNotContain("\n", "gAAAA");
        assertThat(Words.of(reply("ok"), List.of("")).text()).isEqualTo("answered 409: ok (req-1)");
    }

    private static Http.Reply reply(String body) {
        return new Http.Reply(409, Optional.empty(), Optional.of("req-1"), body);
    }
}
