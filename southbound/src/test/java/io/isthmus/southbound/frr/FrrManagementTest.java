package io.isthmus.southbound.frr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrrManagementTest {
    private static final Map<String, String> GOOD = Map.of(
            "host",
            "192.0.2.7",
            "username",
            "isthmus",
            "credential_id",
            "gateways",
            "host_key",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDzDWCE2ObckG1TEOKHsnxgODxd5/R71jGu0GCmOAYHZ",
            "bridge",
            "br-interdc");

    @Test
    void thePortIsThatOfSshUnlessGiven() {
        assertThat(FrrManagement.parse(GOOD).address()).isEqualTo("192.0.2.7:22");
        assertThat(FrrManagement.parse(with("port", "2202")).address()).isEqualTo("192.0.2.7:2202");
        assertThat(FrrManagement.parse(with("host", "2001:db8::7")).address()).isEqualTo("[2001:db8::7]:22");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "username", "credential_id", "host_key", "bridge"})
    void aMissingFieldIsNamed(String field) {
        var management = new HashMap<>(GOOD);
        management.remove(field);
        assertThatThrownBy(() -> FrrManagement.parse(management))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("management." + field + " is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host | -oProxyCommand=x",
                "host | a b",
                "port | 0",
                "port | 65536",
                "port | 22x",
                "username | root;reboot",
                "credential_id | ../secret",
                "host_key | ssh-ed25519 AAAA",
                "host_key | ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDzDWCE2ObckG1TEOKHsnxgODxd5",
                "host_key | nonsense",
                "vty_socket | relative/path",
                "vty_socket | /run/../etc",
                "vty_socket | /run/$(reboot)",
                "ovsdb | tcp:192.0.2.1:6640",
                "ovsdb | unix:/run/o.sock -- add-br x",
                "bridge | br0 -- del-br br1",
                "bridge | -x",
                "bridge | '`reboot`'",
                "dc_netns | ../../root",
                "dc_netns | 'a\nb'",
                "colour | blue",
            })
    void whatCouldBreakOutOfACommandOrIsMalformedIsNamed(String field, String value) {
        assertThatThrownBy(() -> FrrManagement.parse(with(field, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("management." + field);
    }

    @Test
    void everyValueIsQuotedAsOneWordAllTheSame() {
        assertThat(Script.quoted("a'; reboot; '")).isEqualTo("'a'\\''; reboot; '\\'''");
    }

    private static Map<String, String> with(String field, String value) {
        var management = new HashMap<>(GOOD);
        management.put(field, value);
        return management;
    }
}
