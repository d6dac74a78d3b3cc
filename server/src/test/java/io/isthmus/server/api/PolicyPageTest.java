package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PolicyPageTest {
    @Test
    void thePageHasTheLinesOfTheCode() throws Exception {
        var page = Files.readAllLines(Path.of("../docs/policy.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(page)
                .containsExactlyElementsOf(
                        Arrays.stream(Policy.values()).map(PolicyPageTest::row).toList());
    }

    @Test
    void everyOperationOfTheContractHasItsLine() {
        var contract = new TreeMap<String, String>();
        for (var path : Contract.SERVED.document().required("paths").properties()) {
            for (var method : path.getValue().properties()) {
                if (method.getValue().has("operationId")) {
                    var isOpen = method.getValue().has("security")
                            && method.getValue().required("security").isEmpty();
                    contract.put(
                            method.getValue().required("operationId").asString(),
                            method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey() + (isOpen ? " open" : ""));
                }
            }
        }
        var policy = new TreeMap<String, String>();
        Arrays.stream(Policy.values())
                .forEach(line -> policy.put(
                        line.operationId(), line.method() + " " + line.path() + (line.isOpen() ? " open" : "")));
        assertThat(policy).isEqualTo(contract);
    }

    private static String row(Policy line) {
        return "| `%s` | `%s %s` | %s | %s |"
                .formatted(
                        line.operationId(),
                        line.method(),
                        line.path(),
                        word(line.inProject()),
                        word(line.withSystemScope()));
    }

    private static String word(Policy.Needs needs) {
        return switch (needs) {
            case NOTHING -> "no token";
            case READER -> "reader";
            case MEMBER -> "member";
            case ADMIN -> "admin";
            case NEVER -> "–";
        };
    }
}
