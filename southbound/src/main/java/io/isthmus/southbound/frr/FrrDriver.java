package io.isthmus.southbound.frr;

import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.Goal;
import io.isthmus.core.site.Gateway;
import io.isthmus.southbound.Credentials;
import io.isthmus.southbound.GatewayDriver;
import io.isthmus.southbound.GatewayExaminer;
import io.isthmus.southbound.GatewayWatcher;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.StepListener;
import io.isthmus.southbound.frr.GatewayShell.Answer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Programs gateways with FRR: per connection a hand-off from Open vSwitch, a bridge, a VXLAN tunnel with EVPN route
 * targets, and a probe port. What the operator configured, such as EVPN sessions, is read and never changed.
 */
public final class FrrDriver implements GatewayDriver, AutoCloseable {
    /** Each costs the gateway two processes. */
    private static final int MOST_NEIGHBOURS = 64;
    /** What FRR has not taken over by then, it has forgotten. */
    private static final Duration FRR_SETTLES = Duration.ofMillis(400);

    private final GatewayShell shell;
    private final FrrLimits limits;

    public FrrDriver(Credentials credentials, FrrLimits limits) {
        this(new SshShell(credentials, limits), limits);
    }

    FrrDriver(GatewayShell shell, FrrLimits limits) {
        this.shell = shell;
        this.limits = limits;
    }

    @Override
    public Outcome<Observed> observe(GatewayIntent intent, Goal goal) throws InterruptedException {
        var first = look(intent, goal);
        if (first instanceof Outcome.Done<Observed>(var seen)
                && seen.steps().stream().anyMatch(Membership::isMissing)) {
            Thread.sleep(FRR_SETTLES);
            return look(intent, goal);
        }
        return first;
    }

    /** Their script makes each device before it looks, and stops at a name that somebody else has. */
    @Override
    public List<Step> fromNothing(GatewayIntent intent) {
        var management = Target.of(intent.gateway()).management();
        return Difference.steps(GatewayState.NOTHING, intent, management, Goal.PRESENT);
    }

    private Outcome<Observed> look(GatewayIntent intent, Goal goal) throws InterruptedException {
        var target = Target.of(intent.gateway());
        var script = Script.observe(intent, target.management(), limits.execution());
        return read(target, script, limits.execution(), parts -> {
            var read = new PartsReader(target, parts);
            var state = read.state(intent);
            return state instanceof Outcome.Done<GatewayState>(var known)
                    ? compared(target, known, intent, goal)
                    : PartsReader.failed(state);
        });
    }

    private static Outcome<Observed> compared(Target target, GatewayState state, GatewayIntent intent, Goal goal) {
        if (goal == Goal.PRESENT) {
            var asn = state.routing().asn();
            if (asn.isEmpty()) {
                return new Outcome.Refused<>(Failures.bgpMissing(target));
            }
            if (asn.get() != intent.gateway().asn()) {
                return new Outcome.Refused<>(
                        Failures.asnMismatch(target, asn.get(), intent.gateway().asn()));
            }
            var taken = Difference.taken(state, intent, target.management());
            if (taken.isPresent()) {
                return new Outcome.Refused<>(Failures.nameTaken(target, taken.get()));
            }
        }
        var steps = Difference.steps(state, intent, target.management(), goal);
        var foreign = goal == Goal.PRESENT ? ForeignFinder.foreign(state, intent) : List.<Observed.Foreign>of();
        return new Outcome.Done<>(new Observed(steps, facts(state, intent), foreign));
    }

    /** An established session without a remote tunnel address is a fault that only these two facts together show. */
    private static SortedMap<String, String> facts(GatewayState state, GatewayIntent intent) {
        var facts = new TreeMap<String, String>();
        var routing = state.routing();
        facts.put("vni", Integer.toString(intent.vni()));
        facts.put("tunnel_address", intent.tunnel().address().toString());
        facts.put(
                "as_path",
                String.join(
                        " ",
                        state.tunnel().asPath().stream().map(String::valueOf).toList()));
        facts.put("remote_vteps", String.join(", ", routing.remoteVteps()));
        facts.put(
                "evpn_session",
                routing.sessions().getOrDefault(intent.remoteTunnelAddress().toString(), "none"));
        var vxlan = state.links().get(ConnectionNames.of(intent).vxlan());
        if (vxlan != null) {
            facts.put("mtu", Integer.toString(vxlan.mtu()));
        }
        return facts;
    }

    @Override
    public Outcome<Applied> apply(GatewayIntent intent, List<Step> steps, StepListener listener)
            throws InterruptedException {
        if (steps.isEmpty()) {
            return new Outcome.Done<>(new Applied(0));
        }
        var target = Target.of(intent.gateway());
        var progress = new StepProgress(steps, listener);
        var script = Script.apply(intent, target.management(), steps, limits.execution());
        return switch (shell.run(target, script, limits.execution(), progress::line)) {
            case Answer.Refused(var failure) -> new Outcome.Refused<>(failure);
            case Answer.Unreachable(var failure) -> new Outcome.Unreachable<>(failure);
            case Answer.Silent(var reason) ->
                new Outcome.Unknown<>(Failures.noAnswer(target, progress.current() + ": " + reason));
            case Answer.Ended(var status, var output, var errors) -> applied(target, status, errors, progress);
        };
    }

    private static Outcome<Applied> applied(Target target, int status, String errors, StepProgress progress) {
        if (status == 0 && progress.complete()) {
            return new Outcome.Done<>(new Applied(progress.done()));
        }
        if (status == 0) {
            return new Outcome.Unknown<>(
                    Failures.noAnswer(target, "it ended without saying that " + progress.current() + " is done"));
        }
        if (Failures.timedOut(status, errors)) {
            return new Outcome.Unknown<>(Failures.noAnswer(target, progress.current() + " did not end in time"));
        }
        return new Outcome.Refused<>(Failures.refused(target, progress.current(), status, errors));
    }

    @Override
    public Outcome<Set<Integer>> usedVnis(Gateway gateway) throws InterruptedException {
        var target = Target.of(gateway);
        var script = Script.usedVnis(gateway, target.management(), limits.execution());
        return read(target, script, limits.execution(), parts -> {
            var read = new PartsReader(target, parts);
            return read.vnis(gateway.asn());
        });
    }

    @Override
    public Outcome<Probed> probe(GatewayIntent intent) throws InterruptedException {
        var target = Target.of(intent.gateway());
        var script = Script.probe(intent, target.management(), limits);
        return read(target, script, limits.probe(), parts -> ProbeReader.probed(target, parts));
    }

    @Override
    public Outcome<List<Cidr>> networks(Gateway gateway) throws InterruptedException {
        var target = Target.of(gateway);
        var script = Script.networks(gateway, target.management(), limits.execution());
        return read(target, script, limits.execution(), parts -> new PartsReader(target, parts).networks());
    }

    @Override
    public Outcome<OptionalInt> linkMtu(Gateway gateway, IpAddress neighbour, int bytes) throws InterruptedException {
        var target = Target.of(gateway);
        var script = Script.linkMtu(gateway, neighbour, bytes, target.management(), limits.probe());
        return read(target, script, limits.probe(), parts -> new PartsReader(target, parts).linkMtu());
    }

    @Override
    public Outcome<List<Rtt>> linkRtts(Gateway gateway, List<IpAddress> neighbours) throws InterruptedException {
        var target = Target.of(gateway);
        var asked = neighbours.stream().limit(MOST_NEIGHBOURS).toList();
        var script = Script.linkRtts(gateway, asked, target.management(), limits.probe());
        return read(target, script, limits.probe(), parts -> new PartsReader(target, parts).linkRtts(asked));
    }

    private <T> Outcome<T> read(Target target, String script, Duration limit, Function<ReadAnswer, Outcome<T>> reader)
            throws InterruptedException {
        return switch (shell.run(target, script, limit, line -> {})) {
            case Answer.Refused(var failure) -> new Outcome.Refused<>(failure);
            case Answer.Unreachable(var failure) -> new Outcome.Unreachable<>(failure);
            case Answer.Silent(var reason) -> new Outcome.Unreachable<>(Failures.noAnswer(target, reason));
            case Answer.Ended(var status, var output, var errors) -> {
                if (Failures.timedOut(status, "")) {
                    yield new Outcome.Unreachable<>(Failures.noAnswer(target, "its tools did not end in time"));
                }
                yield reader.apply(new ReadAnswer(Parts.of(output), status, errors));
            }
        };
    }

    /** Looks at the same gateways over the same sessions. */
    public GatewayExaminer examiner(InstantSource clock) {
        return new FrrExaminer(shell, limits, clock);
    }

    @Override
    public Optional<GatewayWatcher> watcher() {
        return Optional.of(new FrrWatcher(shell));
    }

    /** Ends all sessions. */
    @Override
    public void close() {
        shell.close();
    }

    /** What a script that only reads printed. */
    record ReadAnswer(Parts parts, int status, String errors) {}
}
