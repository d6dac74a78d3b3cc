package io.isthmus.cli.site;

import io.isthmus.cli.command.DocumentFile;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Setting;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.command.Verbs;
import io.isthmus.cli.http.Document;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code isthmus site …}. */
public final class SiteCommands {
    private SiteCommands() {}

    public static CommandSpec of(Session session) {
        var verbs = new Verbs(Sites.KIND, session);
        return Syntax.group(
                "site",
                session,
                "Sites: datacenters with one OpenStack cell, region or instance each.",
                List.of(verbs.list(), verbs.show(), create(verbs, session), set(verbs, session), verbs.delete()));
    }

    private static CommandSpec create(Verbs verbs, Session session) {
        var syntax = new Syntax("create", session, "Register a site, from options, a file, or both (options win).");
        var id = syntax.argument("ID", "The site's id, such as b or paris-1.");
        var file = syntax.text("-F,--from-file", "FILE", "The whole site as YAML or JSON; - reads standard input.");
        var options = new SiteOptions(syntax);
        var formatOrFile = syntax.formatOrFile(file);
        syntax.examples(
                "isthmus site create b --from-file b.yaml",
                "isthmus site create b --kind region --region RegionB --auth-url https://keystone.example/v3 \\",
                "    --physical-network interdc --vlan-range 2000-2999 --credential isthmus \\",
                "    --gateway name=gw-b,driver=frr,tunnel_address=10.255.0.2,asn=65002,max_mtu=1500,\\",
                "capacity_mbps=1000,management.host=192.0.2.2,management.port=22");
        return verbs.create(
                syntax,
                formatOrFile.output(),
                () -> document(id, formatOrFile.file().get(), options));
    }

    private static Document document(Setting<String> id, Optional<String> file, SiteOptions options) {
        var document = file.map(DocumentFile::read).orElseGet(Document::empty);
        document.put("/id", id.name(), id.required());
        options.fill(document);
        return document;
    }

    private static CommandSpec set(Verbs verbs, Session session) {
        var syntax = new Syntax(
                "set", session, "Change a site. Lists (gateways, failure domains, tags) are replaced as a whole.");
        var options = new SiteOptions(syntax);
        syntax.examples("isthmus site set b --vlan-range 2000-2499", "isthmus site set b --admin-state-up false");
        return verbs.set(syntax, options::fill);
    }
}
