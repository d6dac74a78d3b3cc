package io.isthmus.cli.connection;

import io.isthmus.cli.command.Resource;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Setting;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.Failure;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** The fields of a connection itself as options. */
final class ConnectionOptions {
    private final Session session;
    private final Setting<String> name;
    private final Setting<Integer> bandwidth;
    private final Setting<Double> maxLatency;
    private final Setting<Integer> mtu;
    private final Setting<String> encryption;
    private final Setting<String> onFailure;
    private final Setting<String> addressPolicy;
    private final Setting<List<String>> includeSites;
    private final Setting<List<String>> avoidSites;
    private final Setting<List<String>> avoidFailureDomains;
    private final Setting<String> disjointFrom;
    private final Setting<String> expiresAt;
    private final Setting<Boolean> adminStateUp;
    private final Setting<List<String>> tags;

    ConnectionOptions(Syntax syntax, Session session) {
        this.session = session;
        name = syntax.text("--name", "NAME", "A name for people.");
        bandwidth = syntax.number("--bandwidth", "MBPS", "To reserve in each direction (default: best effort).");
        maxLatency = syntax.decimal("--max-latency", "MS", "One way over the whole path.");
        mtu = syntax.number("--mtu", "BYTES", "For both networks (default: the largest that fits the path).");
        onFailure = syntax.oneOf("--on-failure", List.of("rollback", "retry"), "Take everything back, or keep trying.");
        encryption = syntax.oneOf("--encryption", List.of("none", "required"), "Between the gateways.");
        addressPolicy =
                syntax.oneOf("--address-policy", List.of("reject_overlap", "nat"), "Where prefixes overlap (L3).");
        includeSites = syntax.repeated("--include-site", "SITE", "The path must cross this site; may be repeated.");
        avoidSites = syntax.repeated("--avoid-site", "SITE", "The path must not cross it; may be repeated.");
        avoidFailureDomains = syntax.repeated(
                "--avoid-failure-domain", "NAME", "The path must not share this risk; may be repeated.");
        disjointFrom = syntax.text(
                "--disjoint-from", "CONNECTION", "Share no link, transit site or risk with its path (id or name).");
        expiresAt = syntax.text("--expires-at", "TIME", "Delete it then: 2026-12-31T00:00:00Z.");
        adminStateUp = syntax.choice("--admin-state-up", "Whether it shall carry traffic.");
        tags = syntax.repeated("--tag", "TAG", "May be repeated.");
    }

    void fill(Document document) {
        document.put("/name", name.name(), name.value())
                .put("/bandwidth_mbps", bandwidth.name(), bandwidth.value())
                .put("/max_latency_ms", maxLatency.name(), maxLatency.value())
                .put("/mtu", mtu.name(), mtu.value())
                .put("/on_failure", onFailure.name(), onFailure.value())
                .put("/encryption", encryption.name(), encryption.value())
                .put("/address_policy", addressPolicy.name(), addressPolicy.value())
                .put("/path/include_sites", includeSites.name(), includeSites.value())
                .put("/path/avoid_sites", avoidSites.name(), avoidSites.value())
                .put("/path/avoid_failure_domains", avoidFailureDomains.name(), avoidFailureDomains.value())
                .put(
                        "/path/disjoint_from",
                        disjointFrom.name(),
                        disjointFrom.value().map(new Resource(Connections.KIND, session.api())::id))
                .put("/expires_at", expiresAt.name(), expiresAt.value().map(ConnectionOptions::time))
                .put("/admin_state_up", adminStateUp.name(), adminStateUp.value())
                .put("/tags", tags.name(), tags.value());
    }

    private static String time(String text) {
        try {
            return Instant.parse(text).toString();
        } catch (DateTimeParseException e) {
            throw Failure.usage("A time is written like 2026-12-31T00:00:00Z: " + text);
        }
    }
}
