package io.isthmus.cli.link;

import io.isthmus.cli.command.Setting;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.Document;
import java.util.List;

/** The fields of a link as options. */
final class LinkOptions {
    private final Setting<String> name;
    private final Setting<Double> latency;
    private final Setting<Integer> capacity;
    private final Setting<Integer> mtu;
    private final Setting<Integer> cost;
    private final Setting<List<String>> failureDomains;
    private final Setting<Boolean> adminStateUp;
    private final Setting<List<String>> tags;

    LinkOptions(Syntax syntax) {
        name = syntax.text("--name", "NAME", "A name for people.");
        latency = syntax.decimal("--latency", "MS", "One way, in milliseconds.");
        capacity = syntax.number("--capacity", "MBPS", "In each direction, in Mbit/s.");
        mtu = syntax.number("--mtu", "BYTES", "The largest IP packet that crosses it whole.");
        cost = syntax.number("--cost", "N", "What a path over it counts, where cost decides.");
        failureDomains = syntax.repeated(
                "--failure-domain", "NAME", "A shared risk, such as a duct, that takes it down; may be repeated.");
        adminStateUp = syntax.choice("--admin-state-up", "Whether it may be used.");
        tags = syntax.repeated("--tag", "TAG", "May be repeated.");
    }

    void fill(Document document) {
        document.put("/name", name.name(), name.value())
                .put("/latency_ms", latency.name(), latency.value())
                .put("/capacity_mbps", capacity.name(), capacity.value())
                .put("/mtu", mtu.name(), mtu.value())
                .put("/cost", cost.name(), cost.value())
                .put("/failure_domains", failureDomains.name(), failureDomains.value())
                .put("/admin_state_up", adminStateUp.name(), adminStateUp.value())
                .put("/tags", tags.name(), tags.value());
    }
}
