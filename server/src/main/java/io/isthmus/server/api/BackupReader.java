package io.isthmus.server.api;

import io.isthmus.core.backup.BackupConstraints;
import io.isthmus.core.backup.Criterion;
import io.isthmus.core.backup.RunningVnf;
import io.isthmus.core.backup.Weights;
import io.isthmus.core.connection.Underlay;
import io.isthmus.core.path.Disjointness;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.Json;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what is asked of a backup. */
final class BackupReader {
    private final SiteLookup sites;
    private final UsersPaths users;
    private final VnfLookup vnfs;

    BackupReader(SiteLookup sites, UsersPaths users, VnfLookup vnfs) {
        this.vnfs = vnfs;
        this.sites = sites;
        this.users = users;
    }

    /**
     * The site that is to be backed up: the one that is named, or the one where the VNF is.
     *
     * @param vnf where it was named by its server
     */
    record Active(SiteId site, Capacity resources, Optional<RunningVnf> vnf) {
        Active(SiteId site, Capacity resources) {
            this(site, resources, Optional.empty());
        }
    }

    Active active(Fields fields) {
        var vnf = fields.findObject("vnf");
        if (vnf.isPresent() && fields.has("site")) {
            throw fields.invalid("vnf", "name either a site or a vnf, not both");
        }
        if (vnf.isEmpty()) {
            return new Active(sites.find(fields, "site").id(), Capacity.NONE);
        }
        if (vnf.get().has("server")) {
            if (vnf.get().has("resources")) {
                throw vnf.get()
                        .invalid("resources", "of a server they are read; ask for more by constraints.resources");
            }
            var located = vnfs.find(vnf.get());
            vnf.get().end();
            return new Active(located.site().id(), located.vnf().resources(), Optional.of(located.vnf()));
        }
        var site = sites.find(vnf.get(), "site").id();
        var resources = resources(vnf.get());
        vnf.get().end();
        return new Active(site, resources);
    }

    /** @param needed by the VNF, beside what the constraints say */
    BackupConstraints constraints(Optional<Fields> asked, SiteId active, Capacity needed, Underlay underlay) {
        if (asked.isEmpty()) {
            return BackupConstraints.NONE.needing(needed);
        }
        var fields = asked.get();
        var excludedSites = excludedSites(fields);
        var avoided = fields.findObject("disjoint_from")
                .map(from -> {
                    var read = users.read(from, sites, active, underlay);
                    from.end();
                    return read;
                })
                .orElse(List.of());
        var resources = most(resources(fields), needed);
        var constraints = fields.make(() -> new BackupConstraints(
                fields.findNumber("max_latency_ms"),
                fields.findInteger("min_bandwidth_mbps").orElse(0),
                Set.copyOf(fields.texts("exclude_failure_domains")),
                excludedSites,
                fields.findNumber("min_distance_km"),
                fields.findNumber("max_distance_km"),
                resources,
                avoided));
        fields.end();
        return constraints;
    }

    private Set<SiteId> excludedSites(Fields fields) {
        return Set.copyOf(sites.findAll(fields, "exclude_sites"));
    }

    static Capacity resources(Fields fields) {
        return fields.findObject("resources").map(BackupReader::capacity).orElse(Capacity.NONE);
    }

    static Capacity capacity(Fields fields) {
        var capacity = fields.make(() -> new Capacity(
                fields.findInteger("vcpus").orElse(0),
                fields.findInteger("ram_mb").orElse(0),
                fields.findInteger("disk_gb").orElse(0)));
        fields.end();
        return capacity;
    }

    private static Capacity most(Capacity one, Capacity other) {
        return new Capacity(
                Math.max(one.vcpus(), other.vcpus()),
                Math.max(one.ramMb(), other.ramMb()),
                Math.max(one.diskGb(), other.diskGb()));
    }

    static Weights weights(Optional<Fields> asked) {
        if (asked.isEmpty()) {
            return Weights.USUAL;
        }
        var fields = asked.get();
        var weights = new EnumMap<Criterion, Double>(Criterion.class);
        for (var criterion : Criterion.values()) {
            var name = Json.word(criterion);
            fields.findNumber(name).ifPresent(weight -> weights.put(criterion, weight));
        }
        fields.end();
        return fields.make(() -> new Weights(weights));
    }

    static Disjointness level(Fields fields) {
        return fields.findChoice("level", Disjointness.class).orElse(Disjointness.LINK);
    }
}
