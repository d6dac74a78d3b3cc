package io.isthmus.cli.site;

import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Column;
import io.isthmus.cli.output.Kind;
import io.isthmus.cli.output.Text;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Sites as they are shown. */
public final class Sites {
    private Sites() {}

    public static final Kind KIND = new Kind(
            "site",
            "sites",
            List.of(
                    Column.field("id", 0),
                    Column.field("name", 2),
                    Column.state("status"),
                    Column.computed("kind", 5, site -> Json.text(site, "cloud", "kind")),
                    Column.computed("region", 3, site -> Text.clean(Json.text(site, "cloud", "region_name"))),
                    Column.computed("cell", 4, site -> Text.clean(Json.text(site, "cloud", "cell"))),
                    Column.computed(
                            "gateways",
                            6,
                            site -> site.path("gateways").values().stream()
                                    .map(gateway -> Text.of(gateway.path("name")))
                                    .collect(Collectors.joining(", ")))),
            Set.of(
                    "id",
                    "name",
                    "location",
                    "failure_domains",
                    "cloud",
                    "gateways",
                    "admin_state_up",
                    "capacity",
                    "status",
                    "conditions",
                    "created_at",
                    "updated_at",
                    "revision",
                    "tags"));
}
