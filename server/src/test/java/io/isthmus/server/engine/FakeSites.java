package io.isthmus.server.engine;

import io.isthmus.core.endpoint.Claim;
import io.isthmus.core.l3.JoinedRouter;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.Goal;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.Gateway;
import io.isthmus.southbound.CloudDriver;
import io.isthmus.southbound.Driver;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.GatewayDriver;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.StepListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

/**
 * Every cloud and gateway of the example, in memory. A fault decides for each call that would change something whether it
 * happens, and what the caller hears.
 */
final class FakeSites {
    private static final Duration DRIVERS_LIMIT = Duration.ofMillis(20);

    /** What becomes of one call. */
    enum Fate {
        WORKS,
        REFUSED,
        UNREACHABLE,
        /** It happens, but nobody hears of it. */
        DONE_UNHEARD,
        /** It does not happen, and nobody hears of it. */
        LOST,
        /** No answer comes within the driver's own time limit, and it does not happen. */
        HANGS,
        /** It is carried out twice, one right after the other, and answered once. */
        TWICE,
        /** Nobody hears of it, and it happens only after somebody has looked whether it did. */
        LATE
    }

    /** Asked at each call with its kind ({@code observe}, {@code apply}, {@code survey}, {@code probe}) and place. */
    volatile BiFunction<String, String, Fate> fates = (kind, place) -> Fate.WORKS;

    /** What exists, by place and thing: {@code RegionB/network/2000} or {@code gw-b/tunnel/50000}. */
    final Map<String, String> things = new ConcurrentSkipListMap<>();

    /** What somebody changed by hand: the value, by place, thing and field, such as {@code gw-b/tunnel/50000/mtu}. */
    final Map<String, String> altered = new ConcurrentSkipListMap<>();

    /** What is somebody else's, by place. */
    final Map<String, Observed.Foreign> foreign = new ConcurrentHashMap<>();

    /** Tenants' ports, by the place whose networks they are on. */
    final Map<String, List<String>> ports = new ConcurrentHashMap<>();

    private final Map<String, Queue<Runnable>> late = new ConcurrentHashMap<>();

    /** The largest packet that any link carries. */
    volatile int carried = 9000;

    /** The subnet behind each region's router, whatever the router's id. */
    final Map<String, Cidr> behindRouters = new ConcurrentSkipListMap<>();

    Drivers drivers() {
        return new Drivers(new FakeCloud(), Map.of("frr", new FakeGateway()));
    }

    private static <T> Outcome<T> failed(Fate fate) {
        var failure = new Failure("made_for_test", "fate " + fate, "none");
        return switch (fate) {
            case WORKS, TWICE -> throw new IllegalStateException("it worked");
            case REFUSED -> new Outcome.Refused<>(failure);
            case UNREACHABLE -> new Outcome.Unreachable<>(failure);
            case DONE_UNHEARD, LOST, LATE, HANGS -> new Outcome.Unknown<>(failure);
        };
    }

    private <T> Outcome<T> read(String kind, String place, java.util.function.Supplier<T> work) {
        var fate = fates.apply(kind, place);
        hang(fate);
        return fate == Fate.WORKS || fate == Fate.DONE_UNHEARD || fate == Fate.TWICE
                ? new Outcome.Done<>(work.get())
                : failed(fate);
    }

    private Outcome<Observed> observe(String place, Collection<String> wanted, String owner, Goal goal) {
        return read("observe", place, () -> {
            var steps = new ArrayList<Step>();
            for (var thing : wanted) {
                var there = owner.equals(things.get(place + "/" + thing));
                if (goal == Goal.PRESENT && !there) {
                    steps.add(creation(thing));
                } else if (goal == Goal.ABSENT && there) {
                    steps.add(new Step(Step.Action.DELETE, thing.replaceAll("/.*", ""), thing, List.of()));
                }
            }
            land(place);
            if (goal == Goal.PRESENT) {
                altered.forEach((key, value) -> {
                    var end = key.lastIndexOf('/');
                    var thing = key.substring(0, end).substring(Math.min(end, place.length() + 1));
                    if (key.startsWith(place + "/") && owner.equals(things.get(key.substring(0, end)))) {
                        var change = new Step.FieldChange(key.substring(end + 1), value, "as wanted");
                        steps.add(new Step(Step.Action.UPDATE, thing.replaceAll("/.*", ""), thing, List.of(change)));
                    }
                });
            }
            var others =
                    goal == Goal.PRESENT ? Optional.ofNullable(foreign.get(place)) : Optional.<Observed.Foreign>empty();
            return new Observed(
                    steps,
                    new TreeMap<>(Map.of("place", place)),
                    others.stream().toList());
        });
    }

    private static Step creation(String thing) {
        return new Step(Step.Action.CREATE, thing.replaceAll("/.*", ""), thing, List.of());
    }

    private Outcome<Driver.Applied> apply(String place, String owner, List<Step> steps, StepListener listener) {
        for (var step : steps) {
            listener.started(step);
            if (step.action() == Step.Action.DELETE && step.object().equals("network") && ports.containsKey(place)) {
                return new Outcome.Refused<>(new Failure("network_in_use", "used by " + ports.get(place), "move them"));
            }
            var fate = fates.apply("apply", place);
            hang(fate);
            if (fate == Fate.TWICE) {
                carryOut(place, owner, step);
            }
            if (fate == Fate.WORKS || fate == Fate.DONE_UNHEARD || fate == Fate.TWICE) {
                carryOut(place, owner, step);
            }
            if (fate == Fate.LATE) {
                late.computeIfAbsent(place, _ -> new ConcurrentLinkedQueue<>()).add(() -> carryOut(place, owner, step));
            }
            if (fate != Fate.WORKS && fate != Fate.TWICE) {
                return failed(fate);
            }
            listener.done(step);
        }
        return new Outcome.Done<>(new Driver.Applied(steps.size()));
    }

    private void carryOut(String place, String owner, Step step) {
        var key = place + "/" + step.identity();
        switch (step.action()) {
            case CREATE -> {
                var other = things.putIfAbsent(key, owner);
                if (other != null && !other.equals(owner)) {
                    throw new IllegalStateException(key + " belongs to " + other + ", " + owner + " takes it");
                }
            }
            case UPDATE ->
                step.changes().forEach(change -> altered.remove(key + "/" + change.field(), change.observed()));
            case DELETE -> things.remove(key, owner);
        }
    }

    private static void hang(Fate fate) {
        if (fate == Fate.HANGS) {
            LockSupport.parkNanos(DRIVERS_LIMIT.toNanos());
        }
    }

    private void land(String place) {
        var waiting = late.getOrDefault(place, new ConcurrentLinkedQueue<>());
        for (var request = waiting.poll(); request != null; request = waiting.poll()) {
            request.run();
        }
    }

    private Set<Integer> used(String prefix) {
        var numbers = new HashSet<Integer>();
        things.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .forEach(key -> numbers.add(Integer.parseInt(key.substring(prefix.length()))));
        return numbers;
    }

    /** Whose all networks and routers are. */
    private static final String PROJECT = "default";

    private final class FakeCloud implements CloudDriver {
        @Override
        public Outcome<Observed> observe(NetworkIntent intent, Goal goal) {
            return FakeSites.this.observe(place(intent), things(intent), owner(intent), goal);
        }

        @Override
        public List<Step> fromNothing(NetworkIntent intent) {
            return intent instanceof NetworkIntent.ProviderNetwork
                    ? things(intent).stream().map(FakeSites::creation).toList()
                    : List.of();
        }

        @Override
        public Outcome<Applied> apply(NetworkIntent intent, List<Step> steps, StepListener listener) {
            return FakeSites.this.apply(place(intent), owner(intent), steps, listener);
        }

        @Override
        public Outcome<Set<Integer>> usedVlans(Cloud cloud) {
            return read("survey", cloud.regionName(), () -> used(cloud.regionName() + "/network/"));
        }

        @Override
        public Outcome<FoundNetwork> find(Cloud cloud, String networkId, Claim claim) {
            if (!claim.covers(PROJECT, List.of())) {
                return new Outcome.Refused<>(new Failure("network_not_found", "not theirs", claim.hint()));
            }
            return read(
                    "survey",
                    cloud.regionName(),
                    () -> new FoundNetwork(networkId, "was-there", 321, 1450, List.of(new Cidr("10.0.0.0/24")), true));
        }

        @Override
        public Outcome<List<String>> users(NetworkIntent intent) {
            return read("users", place(intent), () -> ports.getOrDefault(place(intent), List.of()));
        }

        @Override
        public Outcome<List<String>> leave(NetworkIntent intent) {
            return read("leave", place(intent), () -> {
                things.replaceAll((key, owner) ->
                        key.startsWith(place(intent) + "/") && owner.equals(owner(intent)) ? "tenants" : owner);
                return ports.getOrDefault(place(intent), List.of());
            });
        }

        @Override
        public Outcome<JoinedRouter> router(Cloud cloud, String routerId, Claim claim) {
            if (!claim.covers(PROJECT, List.of())) {
                return new Outcome.Refused<>(new Failure("router_not_found", "not theirs", claim.hint()));
            }
            return read("survey", cloud.regionName(), () -> {
                var subnet = behindRouters.getOrDefault(cloud.regionName(), new Cidr("10.0.0.0/24"));
                return new JoinedRouter(
                        routerId, "", List.of(new JoinedRouter.Subnet("tenants", subnet, false)), List.of());
            });
        }

        @Override
        public Outcome<JoinedRouter> routerOf(Cloud cloud, String networkId, Claim claim) {
            return router(cloud, "router-of-" + networkId, claim);
        }

        private static String place(NetworkIntent intent) {
            return intent.cloud().regionName();
        }

        private static String owner(NetworkIntent intent) {
            return intent.connection().toString();
        }

        private static List<String> things(NetworkIntent intent) {
            return switch (intent) {
                case NetworkIntent.ProviderNetwork network ->
                    List.of("network/" + network.vlan(), "subnet/" + network.vlan());
                case NetworkIntent.ExistingNetwork _ -> List.of();
                case NetworkIntent.ExternalSubnet external ->
                    List.of("subnet/" + external.networkId() + "-" + external.cidr());
                case NetworkIntent.RoutedTransit routed -> {
                    var made = new ArrayList<>(things(routed.transit()));
                    made.add("interface/" + routed.routerId() + "-" + routed.address());
                    routed.destinations().forEach(prefix -> made.add("route/" + routed.routerId() + "-" + prefix));
                    yield made;
                }
            };
        }
    }

    private final class FakeGateway implements GatewayDriver {
        @Override
        public Outcome<Observed> observe(GatewayIntent intent, Goal goal) {
            return FakeSites.this.observe(
                    intent.gateway().name(), things(intent), intent.connection().toString(), goal);
        }

        @Override
        public List<Step> fromNothing(GatewayIntent intent) {
            return things(intent).stream().map(FakeSites::creation).toList();
        }

        private static List<String> things(GatewayIntent intent) {
            return List.of("handoff/" + intent.vni(), "tunnel/" + intent.vni());
        }

        @Override
        public Outcome<Applied> apply(GatewayIntent intent, List<Step> steps, StepListener listener) {
            return FakeSites.this.apply(
                    intent.gateway().name(), intent.connection().toString(), steps, listener);
        }

        @Override
        public Outcome<Set<Integer>> usedVnis(Gateway gateway) {
            return read("survey", gateway.name(), () -> used(gateway.name() + "/tunnel/"));
        }

        @Override
        public Outcome<List<Cidr>> networks(Gateway gateway) {
            return read("survey", gateway.name(), List::of);
        }

        @Override
        public Outcome<OptionalInt> linkMtu(Gateway gateway, IpAddress neighbour, int bytes) {
            return read("probe", gateway.name(), () -> OptionalInt.of(Math.min(bytes, carried)));
        }

        @Override
        public Outcome<Probed> probe(GatewayIntent intent) {
            return read("probe", intent.gateway().name(), () -> {
                var passes = things.keySet().stream()
                                .filter(key -> key.endsWith("/tunnel/" + intent.vni()))
                                .count()
                        == 2;
                return passes
                        ? new Probed(10, 10, 34.0, OptionalInt.of(Math.min(intent.mtu(), carried - 50)))
                        : new Probed(10, 0, 0, OptionalInt.empty());
            });
        }
    }
}
