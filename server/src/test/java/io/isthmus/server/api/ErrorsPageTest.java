package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ErrorsPageTest {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\| (\\d{3}) \\| (.+) \\| (.+) \\|");

    @Test
    void everyCodeIsExplained() throws Exception {
        var explained = new TreeMap<String, Integer>();
        for (var line : Files.readAllLines(Path.of("../docs/errors.md"))) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                explained.put(row.group(1), Integer.parseInt(row.group(2)));
            }
        }
        var codes = new TreeMap<String, Integer>();
        Arrays.stream(ProblemCode.values()).forEach(code -> codes.put(code.word(), code.status()));
        assertThat(explained).isEqualTo(codes);
        assertThat(Contract.SERVED.problemCodes()).isEqualTo(codes.keySet());
    }

    @Test
    void everyPlannersCodeIsKnown() {
        for (var code : new String[] {
            "no_path",
            "same_site",
            "site_not_found",
            "no_gateway",
            "site_down",
            "cidr_mismatch",
            "allocation_pool",
            "mtu_too_large",
            "vlan_exhausted",
            "vni_exhausted"
        }) {
            assertThat(Problem.ofPlanner(code, "a.b", "d", "h")
                            .errors()
                            .getFirst()
                            .pointer())
                    .isEqualTo("/a/b");
        }
    }
}
