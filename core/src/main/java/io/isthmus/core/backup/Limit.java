package io.isthmus.core.backup;

/** What a site can be rejected for, in the order in which it is looked at; the names are those of the constraints. */
public enum Limit {
    /** Of a backup that was chosen earlier: the sites have to be there still. */
    SITE("site"),
    EXCLUDE_SITES("exclude_sites"),
    EXCLUDE_FAILURE_DOMAINS("exclude_failure_domains"),
    ADMIN_STATE_UP("admin_state_up"),
    STATUS("status"),
    MIN_DISTANCE_KM("min_distance_km"),
    MAX_DISTANCE_KM("max_distance_km"),
    VCPUS("resources.vcpus"),
    RAM_MB("resources.ram_mb"),
    DISK_GB("resources.disk_gb"),
    LINKS("links"),
    LINKS_UP("links_up"),
    DISJOINT_FROM("disjoint_from"),
    MIN_BANDWIDTH_MBPS("min_bandwidth_mbps"),
    MAX_LATENCY_MS("max_latency_ms"),
    /** Of a VNF that is known: what its spare is built from has to be there, or to be copyable. */
    FLAVOR("flavor"),
    IMAGE("image");

    private final String word;

    Limit(String word) {
        this.word = word;
    }

    /** As clients see it. */
    public String word() {
        return word;
    }
}
