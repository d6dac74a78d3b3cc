package io.isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion script in a real bash, with a stand-in for the command that it asks for names. */
class NameCompletionTest {
    private static final String STAND_IN = """
            #!/bin/sh
            echo "$*" >>"$(dirname "$0")/asked"
            case "$1" in
              connection) printf '%s\\n' b-d 'blue one' '$(touch "$(dirname "$0")/harm")' ;;
              site) printf '%s\\n' b d ;;
            esac
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(folder.resolve("isthmus"), STAND_IN);
        Files.setPosixFilePermissions(folder.resolve("isthmus"), PosixFilePermissions.fromString("rwx------"));
        try (var fake = new FakeIsthmus()) {
            Files.writeString(
                    folder.resolve("completion"),
                    Run.of(fake, "completion", "bash").out());
        }
    }

    @Test
    void namesOfWhatThereIsAreOffered() throws Exception {
        assertThat(complete("connection", "show", "b")).containsExactly("b-d", "blue\\ one");
        assertThat(complete("connect", "b", "")).containsExactly("b", "d");
        assertThat(complete("diagnose", "d")).containsExactly("d");
        assertThat(complete("diagnose", "b")).containsExactly("b-d", "blue\\ one", "b");
        assertThat(complete("connection", "delete", "b-d", "bl")).containsExactly("blue\\ one");
    }

    @Test
    void theCloudOfTheLineIsAsked() throws Exception {
        complete("--os-cloud", "mine", "site", "show", "");
        complete("--os-cloud", "=", "yours", "site", "show", "");
        assertThat(Files.readAllLines(folder.resolve("asked")))
                .containsExactly(
                        "site list -f value -c id --os-cloud mine", "site list -f value -c id --os-cloud yours");
    }

    @Test
    void commandsAndOptionsAreOfferedAsBeforeAndNobodyIsAsked() throws Exception {
        assertThat(complete("connection", "sh")).containsExactly("show");
        assertThat(complete("connection", "show", "--os-cl")).containsExactly("--os-cloud");
        assertThat(complete("connection", "show", "-f", "")).contains("json", "yaml");
        assertThat(complete("site", "create", "")).isEmpty();
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    @Test
    void aNameIsNeverRunAsACommand() throws Exception {
        assertThat(complete("connection", "show", "")).hasSize(3);
        assertThat(folder.resolve("harm")).doesNotExist();
    }

    private List<String> complete(String... words) throws Exception {
        var line = new StringBuilder("COMP_WORDS=('")
                .append(folder.resolve("isthmus"))
                .append('\'');
        for (var word : words) {
            line.append(" '").append(word).append('\'');
        }
        var script = """
                function compopt() { :; }
                source '%s'
                %s)
                COMP_CWORD=%d
                COMP_LINE="${COMP_WORDS[*]}"
                _complete_isthmus_and_names
                printf '%%s\\n' "${COMPREPLY[@]}"
                """.formatted(folder.resolve("completion"), line, words.length);
        var shell = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        var output = new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output.lines().filter(each -> !each.isEmpty()).toList();
    }
}
