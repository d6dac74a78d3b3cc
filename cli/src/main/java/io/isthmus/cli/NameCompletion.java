package io.isthmus.cli;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** The part of the completion script that asks the controller for the names which an argument may have. */
final class NameCompletion {
    /** What an argument names, by its label. */
    private static final Map<String, String> NOUNS = Map.ofEntries(
            Map.entry("CONNECTION", "connection"),
            Map.entry("SITE", "site"),
            Map.entry("LOCAL", "site"),
            Map.entry("REMOTE", "site"),
            Map.entry("BACKUP", "site"),
            Map.entry("A", "site"),
            Map.entry("Z", "site"),
            Map.entry("LINK", "link"),
            Map.entry("ENDPOINT", "endpoint"),
            Map.entry("WEBHOOK", "webhook"));

    private NameCompletion() {}

    /** Comes after picocli's script, and is asked instead of it. Names are never read as shell text. */
    static String script(CommandSpec root) {
        return """

            # Arguments that name something are completed with what the controller has, if it answers within 3 s.
            function _complete_isthmus_and_names() {
              _complete_isthmus
              local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" IFS=$' \\t\\n'
              local nouns="" noun="" column="" name="" at=1
              if [[ ${#COMPREPLY[@]} -gt 0 || "$word" == -* || "$before" == -* || "$before" == "=" ]]; then return; fi
              local words=" " options=()
              while [[ $at -lt $COMP_CWORD ]]; do
                words+="${COMP_WORDS[at]} "
                if [[ "${COMP_WORDS[at]}" == --os-cloud ]]; then
                  [[ "${COMP_WORDS[at+1]}" != "=" ]] || at=$((at + 1))
                  options=(--os-cloud "${COMP_WORDS[at+1]}")
                fi
                at=$((at + 1))
              done
              case "$words" in
            %s
                *) return ;;
              esac
              COMPREPLY=()
              while IFS= read -r name; do
                if [[ -n "$name" && "$name" == "$word"* ]]; then COMPREPLY+=("$(printf '%%q' "$name")"); fi
              done <<<"$(for noun in $nouns; do
                column=name
                if [[ "$noun" == site ]]; then column=id; fi
                timeout 3 "${COMP_WORDS[0]}" "$noun" list -f value -c "$column" "${options[@]}" 2>/dev/null </dev/null
              done)"
            }
            complete -F _complete_isthmus_and_names -o default isthmus isthmus.sh isthmus.bash
            """.formatted(ManPage.commands(root).stream()
                .map(NameCompletion::pattern)
                .filter(pattern -> !pattern.isEmpty())
                .collect(Collectors.joining("\n")));
    }

    /** One line of the script's {@code case}; empty for a command that names nothing there is. */
    private static String pattern(CommandSpec command) {
        var nouns = command.positionalParameters().stream()
                .flatMap(argument -> Arrays.stream(argument.paramLabel().split("\\|")))
                .map(NOUNS::get)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(" "));
        var words = command.qualifiedName().substring(command.root().name().length());
        return nouns.isEmpty() ? "" : "    *\"%s \"*) nouns='%s' ;;".formatted(words, nouns);
    }
}
