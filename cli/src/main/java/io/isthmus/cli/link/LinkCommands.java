package io.isthmus.cli.link;

import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.command.Verbs;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.output.Column;
import io.isthmus.cli.output.Kind;
import io.isthmus.cli.site.SiteChoice;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** {@code isthmus link …}. */
public final class LinkCommands {
    public static final Kind KIND = new Kind(
            "link",
            "links",
            List.of(
                    Column.field("name", 1),
                    Column.field("a_site", 0),
                    Column.field("z_site", 0),
                    Column.field("latency_ms", 2),
                    Column.field("measured.latency_ms", 2),
                    Column.field("capacity_mbps", 3),
                    Column.field("reserved_mbps", 4),
                    Column.field("mtu", 5),
                    Column.field("cost", 6),
                    Column.state("oper_status"),
                    Column.field("id", 7)),
            Set.of(
                    "id",
                    "name",
                    "a_site",
                    "z_site",
                    "latency_ms",
                    "capacity_mbps",
                    "reserved_mbps",
                    "mtu",
                    "cost",
                    "failure_domains",
                    "admin_state_up",
                    "oper_status",
                    "measured",
                    "created_at",
                    "updated_at",
                    "revision",
                    "tags"));

    private LinkCommands() {}

    public static CommandSpec of(Session session) {
        var verbs = new Verbs(KIND, session);
        return Syntax.group(
                "link",
                session,
                "Links: existing underlay adjacencies between two sites.",
                List.of(verbs.list(), verbs.show(), create(verbs, session), set(verbs, session), verbs.delete()));
    }

    private static CommandSpec create(Verbs verbs, Session session) {
        var syntax = new Syntax("create", session, "Register a link between sites A and Z, usable in both directions.");
        var a = syntax.optionalArgument("A", "A site's id or name.");
        var z = syntax.optionalArgument("Z", "The other site's id or name.");
        var options = new LinkOptions(syntax);
        var chosenA = new SiteChoice(syntax, session, "a-");
        var chosenZ = new SiteChoice(syntax, session, "z-");
        syntax.examples("isthmus link create a b --latency 5 --capacity 1000 --mtu 1500");
        return verbs.create(syntax, () -> {
            var document = Document.empty();
            var shifted = chosenA.isBySelector() && z.value().isEmpty();
            var siteA = shifted ? Optional.<String>empty() : a.value();
            var siteZ = shifted ? a.value() : z.value();
            chosenA.check(a.name(), siteA);
            chosenZ.check(z.name(), siteZ);
            chosenA.put(document, "/a_site", a.name(), siteA);
            chosenZ.put(document, "/z_site", z.name(), siteZ);
            options.fill(document);
            return document;
        });
    }

    private static CommandSpec set(Verbs verbs, Session session) {
        var syntax = new Syntax("set", session, "Change a link.");
        var options = new LinkOptions(syntax);
        syntax.examples("isthmus link set a-b --capacity 10000", "isthmus link set a-b --admin-state-up false");
        return verbs.set(syntax, options::fill);
    }
}
