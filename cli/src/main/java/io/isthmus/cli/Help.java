package io.isthmus.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The first page of the help: the commands in groups, and what a newcomer types first. */
final class Help {
    static final String[] FOOTER = {
        "",
        "Examples:",
        "  isthmus connect b d --wait             connect two sites and follow it until traffic passes",
        "  isthmus connection list                what is connected, and how it is",
        "  isthmus connection show b-d            everything about one, with both sides",
        "  isthmus topology                       the map",
        "  isthmus topology apply -f dcs.yaml     have the sites and links of a file",
        "  isthmus backup suggest b               which sites could back b up, and why others cannot",
        "  isthmus site create b -F b.yaml        register a site",
        "  isthmus link create a b --latency 5    tell of an underlay link",
        "  isthmus server --help                  how to run a node",
        "",
        "Environment:",
        "  ISTHMUS_URL   the controller           OS_CLOUD   an entry of clouds.yaml to log in with",
        "  NO_COLOR      plain output             OS_*       or the usual variables: OS_AUTH_URL, OS_USERNAME, ...",
        "  COLUMNS       the width to use         OS_CACERT  certificates to trust",
        "",
        "Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 refused by state (or a name fits several),",
        "  5 timed out.",
        "",
        "Names work wherever ids do. isthmus COMMAND --help says more about each."
    };

    private static final Map<String, List<String>> GROUPS = groups();

    private Help() {}

    private static Map<String, List<String>> groups() {
        var groups = new LinkedHashMap<String, List<String>>();
        groups.put("Connect", List.of("connect", "connection", "endpoint"));
        groups.put("Describe the underlay", List.of("site", "link"));
        groups.put("Protect", List.of("backup"));
        groups.put("Look", List.of("topology", "operation", "event"));
        return groups;
    }

    static void group(CommandLine line) {
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Help::render);
    }

    private static String render(CommandLine.Help help) {
        var left = new ArrayList<>(help.subcommands().values());
        var text = new StringBuilder();
        GROUPS.forEach((title, names) -> {
            var members = left.stream()
                    .filter(command -> names.contains(command.commandSpec().name()))
                    .toList();
            left.removeAll(members);
            text.append(table(help, title, members));
        });
        return text.append(table(help, "More", left)).toString();
    }

    private static String table(CommandLine.Help help, String title, List<CommandLine.Help> commands) {
        if (commands.isEmpty()) {
            return "";
        }
        int width = help.commandSpec().usageMessage().width();
        var table = TextTable.forColumns(
                help.colorScheme(),
                new Column(16, 2, Column.Overflow.SPAN),
                new Column(width - 16, 2, Column.Overflow.WRAP));
        for (var command : commands) {
            var names = String.join(", ", command.commandSpec().names());
            var description = command.commandSpec().usageMessage().description();
            table.addRowValues(
                    help.colorScheme().commandText(names),
                    help.colorScheme().text(description.length == 0 ? "" : description[0]));
        }
        return System.lineSeparator() + title + ":" + System.lineSeparator() + table;
    }
}
