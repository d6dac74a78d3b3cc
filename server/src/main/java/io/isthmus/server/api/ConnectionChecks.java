package io.isthmus.server.api;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionPlanner;
import io.isthmus.core.connection.Service;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.quota.Amounts;
import io.isthmus.store.Json;
import io.isthmus.store.connection.ConnectionStore;
import io.isthmus.store.quota.QuotaStore;
import java.util.List;

/** What can be said against a new connection before anything is stored; each refusal names its field. */
final class ConnectionChecks {
    private final SiteLookup sites;
    private final ConnectionStore connections;
    private final QuotaStore quotas;

    ConnectionChecks(SiteLookup sites, ConnectionStore connections, QuotaStore quotas) {
        this.sites = sites;
        this.connections = connections;
        this.quotas = quotas;
    }

    void check(ConnectionReader.Asked asked) {
        var local = asked.local();
        var remote = asked.remote();
        NotYet.refuse(asked.connection(), local, remote);
        if (local.site().equals(remote.site())) {
            throw new Problem.Impossible(
                    ProblemCode.SAME_SITE,
                    "/remote_endpoint/site",
                    "both endpoints are at site " + local.site(),
                    "name two different sites");
        }
        checkSite(local, "/local_endpoint/site");
        checkSite(remote, "/remote_endpoint/site");
        checkKind(asked, "local_endpoint", local);
        checkKind(asked, "remote_endpoint", remote);
        if (asked.connection().service() == Service.L2) {
            checkAddresses(local, remote);
        }
        asked.connection().path().disjointFrom().ifPresent(this::checkOther);
        checkFree(asked, local, "/local_endpoint");
        checkFree(asked, remote, "/remote_endpoint");
    }

    /** A connection to be disjoint from is one that the caller may see, and it has a path. */
    void checkOther(ConnectionId id) {
        var pointer = "/path/disjoint_from";
        var other = connections
                .find(id)
                .filter(facts ->
                        RequestScope.currentCaller().sees(facts.desired().projectId()))
                .orElseThrow(() -> new Problem.NotFound(
                        ProblemCode.CONNECTION_NOT_FOUND, pointer, "there is no connection " + id));
        if (other.goal() != ConnectionGoal.PRESENT || other.reservation().isEmpty()) {
            throw new Problem.Conflict(
                    ProblemCode.WRONG_STATE,
                    pointer,
                    "connection %s is %s: it has no path to keep clear of".formatted(id, Json.word(other.status())),
                    List.of(id.toString()));
        }
    }

    /** What is stored is held against the quota in its own transaction; this is for what is only asked. */
    void checkQuota(Connection wanted, Amounts asked) {
        quotas.exceeded(wanted.projectId(), asked).ifPresent(exceeded -> {
            throw Changes.overQuota(exceeded);
        });
    }

    private void checkSite(Endpoint endpoint, String pointer) {
        var site = sites.stored(endpoint.site());
        if (!site.adminStateUp()) {
            throw new Problem.Conflict(
                    ProblemCode.SITE_DOWN,
                    pointer,
                    "site %s is administratively down".formatted(site.id()),
                    List.of(site.id().name()));
        }
        if (site.gateway().isEmpty()) {
            throw new Problem.Impossible(
                    ProblemCode.NO_GATEWAY,
                    pointer,
                    "site %s has no gateway".formatted(site.id()),
                    "add one to the site's gateways");
        }
    }

    private static void checkKind(ConnectionReader.Asked asked, String field, Endpoint endpoint) {
        ConnectionPlanner.kindProblem(asked.connection().service(), field, endpoint)
                .ifPresent(problem -> {
                    throw Problem.ofPlanner(problem.code(), problem.field(), problem.detail(), problem.hint());
                });
    }

    /** Both sides of a stretched network have one prefix, and pools that do not overlap. */
    private static void checkAddresses(Endpoint local, Endpoint remote) {
        var localSubnet = local.network().subnetToMake();
        var remoteSubnet = remote.network().subnetToMake();
        if (localSubnet.isEmpty() || remoteSubnet.isEmpty()) {
            return;
        }
        var here = localSubnet.get();
        var there = remoteSubnet.get();
        if (!here.cidr().equals(there.cidr())) {
            throw new Problem.Impossible(
                    ProblemCode.CIDR_MISMATCH,
                    remote.network() instanceof EndpointNetwork.External
                            ? "/remote_endpoint/network/cidr"
                            : "/remote_endpoint/network/create/cidr",
                    "the local side has %s, the remote side %s".formatted(here.cidr(), there.cidr()),
                    "give both ends the same cidr");
        }
        if (here.allocationPool().isPresent()
                && there.allocationPool().isPresent()
                && here.allocationPool().get().overlaps(there.allocationPool().get())) {
            throw new Problem.Impossible(
                    ProblemCode.ALLOCATION_POOL,
                    "/remote_endpoint/network/create/allocation_pool",
                    "both sides would give out addresses of %s and %s"
                            .formatted(
                                    here.allocationPool().get(),
                                    there.allocationPool().get()),
                    "use pools that do not overlap, or leave them out");
        }
    }

    private void checkFree(ConnectionReader.Asked asked, Endpoint endpoint, String pointer) {
        if (asked.isInline(endpoint)) {
            return;
        }
        var use = connections.uses(List.of(endpoint.id())).get(endpoint.id());
        if (use != null) {
            throw new Problem.Conflict(
                    ProblemCode.ENDPOINT_IN_USE,
                    pointer,
                    "endpoint %s belongs to connection %s".formatted(endpoint.id(), use.connection()),
                    List.of(use.connection().toString()));
        }
    }
}
