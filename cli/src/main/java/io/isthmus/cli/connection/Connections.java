package io.isthmus.cli.connection;

import io.isthmus.cli.output.Column;
import io.isthmus.cli.output.Facts;
import io.isthmus.cli.output.Kind;
import java.util.List;
import java.util.Set;

/** Connections as they are shown. */
public final class Connections {
    private Connections() {}

    public static final Kind KIND = new Kind(
            "connection",
            "connections",
            List.of(
                    Column.field("id", 8),
                    Column.field("name", 2),
                    Column.computed("sites", 1, Facts::ends),
                    Column.field("service", 7),
                    Column.state("status"),
                    Column.state("oper_status"),
                    Column.state("sync_status"),
                    Column.computed("path", 3, connection -> Facts.sites(connection.path("path"))),
                    Column.field("bandwidth_mbps", 6)),
            Set.of(
                    "id",
                    "name",
                    "project_id",
                    "local_endpoint",
                    "remote_endpoint",
                    "service",
                    "bandwidth_mbps",
                    "max_latency_ms",
                    "encryption",
                    "path",
                    "mtu",
                    "address_policy",
                    "on_failure",
                    "admin_state_up",
                    "expires_at",
                    "status",
                    "oper_status",
                    "sync_status",
                    "deadline_at",
                    "measured",
                    "vni",
                    "transit_prefix",
                    "nat",
                    "sides",
                    "last_error",
                    "operation_id",
                    "created_at",
                    "updated_at",
                    "revision",
                    "tags"));

    /** What would be done; its fields are the controller's own. */
    static final Kind PLAN = new Kind("plan", "plans", List.of(), Set.of());
}
