package io.isthmus.core.endpoint;

import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Divides the addresses of a stretched network between its two Neutrons, so that they never give out the same one: what a
 * side asked for is kept, and the other gets the largest run that is left; where neither asked, each gets one half.
 */
public record AllocationPools(AddressRange local, AddressRange remote) {

    /** What came of dividing. */
    public sealed interface Result {
        record Divided(AllocationPools pools) implements Result {}

        /** {@code field} names the end and the field that cannot be satisfied. */
        record Impossible(String field, String detail) implements Result {}
    }

    public static Result divide(EndpointNetwork.Create local, EndpointNetwork.Create remote) {
        if (local.allocationPool().isPresent() && remote.allocationPool().isPresent()) {
            return asAsked(local.allocationPool().get(), remote.allocationPool().get());
        }
        var gateways = List.of(local.gatewayIp(), remote.gatewayIp());
        if (local.allocationPool().isPresent()) {
            var pool = local.allocationPool().get();
            return largest(freeRuns(local, gateways, Optional.of(pool)))
                    .<Result>map(rest -> new Result.Divided(new AllocationPools(pool, rest)))
                    .orElse(new Result.Impossible(
                            "local_endpoint.network.create.allocation_pool",
                            pool + " leaves no address of " + local.cidr() + " to the other side"));
        }
        if (remote.allocationPool().isPresent()) {
            var pool = remote.allocationPool().get();
            return largest(freeRuns(remote, gateways, Optional.of(pool)))
                    .<Result>map(rest -> new Result.Divided(new AllocationPools(rest, pool)))
                    .orElse(new Result.Impossible(
                            "remote_endpoint.network.create.allocation_pool",
                            pool + " leaves no address of " + remote.cidr() + " to the other side"));
        }
        return halves(local, gateways);
    }

    private static Result asAsked(AddressRange local, AddressRange remote) {
        return local.overlaps(remote)
                ? new Result.Impossible(
                        "remote_endpoint.network.create.allocation_pool",
                        remote + " overlaps the local side's " + local)
                : new Result.Divided(new AllocationPools(local, remote));
    }

    private static Result halves(EndpointNetwork.Create network, List<Optional<IpAddress>> gateways) {
        var run = largest(freeRuns(network, gateways, Optional.empty()));
        if (run.isEmpty() || run.get().size().bitLength() < 2) {
            return new Result.Impossible(
                    "local_endpoint.network.create.cidr",
                    network.cidr() + " has too few addresses to divide between two sides");
        }
        var halves = run.get().halves();
        return new Result.Divided(new AllocationPools(halves.getFirst(), halves.getLast()));
    }

    private static List<AddressRange> freeRuns(
            EndpointNetwork.Create network, List<Optional<IpAddress>> gateways, Optional<AddressRange> taken) {
        var runs = new ArrayList<>(List.of(network.cidr().hosts()));
        gateways.stream()
                .flatMap(Optional::stream)
                .forEach(gateway -> remove(runs, new AddressRange(gateway, gateway)));
        taken.ifPresent(range -> remove(runs, range));
        return runs;
    }

    private static void remove(List<AddressRange> runs, AddressRange taken) {
        var left = runs.stream().flatMap(run -> run.without(taken).stream()).toList();
        runs.clear();
        runs.addAll(left);
    }

    private static Optional<AddressRange> largest(List<AddressRange> runs) {
        return runs.stream().max(Comparator.comparing(AddressRange::size));
    }
}
