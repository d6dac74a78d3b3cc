package io.isthmus.server.engine;

import io.isthmus.core.endpoint.Claim;
import io.isthmus.core.l3.JoinedRouter;
import io.isthmus.core.side.Goal;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.site.Cloud;
import io.isthmus.server.engine.FakeSites.Fate;
import io.isthmus.southbound.CloudDriver;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.StepListener;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The example's clouds and gateways in memory, slow enough to be watched, for tests of whole nodes. */
public final class ExampleSites {
    private final FakeSites sites = new FakeSites();
    private final Set<String> overQuota = ConcurrentHashMap.newKeySet();

    public ExampleSites(Duration perStep) {
        sites.fates = (kind, place) -> {
            if (kind.equals("apply")) {
                LockSupport.parkNanos(perStep.toNanos());
            }
            return Fate.WORKS;
        };
    }

    public Drivers drivers() {
        var drivers = sites.drivers();
        return new Drivers(new LimitedCloud(drivers.cloud()), drivers.gateways());
    }

    /** From now on, this region's Neutron makes no network. */
    public void exhaustQuota(String region) {
        overQuota.add(region);
    }

    public void restoreQuota(String region) {
        overQuota.remove(region);
    }

    private final class LimitedCloud implements CloudDriver {
        private final CloudDriver cloud;

        LimitedCloud(CloudDriver cloud) {
            this.cloud = cloud;
        }

        @Override
        public Outcome<Set<Integer>> usedVlans(Cloud of) throws InterruptedException {
            return cloud.usedVlans(of);
        }

        @Override
        public Outcome<FoundNetwork> find(Cloud in, String networkId, Claim claim) throws InterruptedException {
            return cloud.find(in, networkId, claim);
        }

        @Override
        public Outcome<JoinedRouter> router(Cloud in, String routerId, Claim claim) throws InterruptedException {
            return cloud.router(in, routerId, claim);
        }

        @Override
        public Outcome<JoinedRouter> routerOf(Cloud in, String networkId, Claim claim) throws InterruptedException {
            return cloud.routerOf(in, networkId, claim);
        }

        @Override
        public Outcome<List<String>> users(NetworkIntent intent) throws InterruptedException {
            return cloud.users(intent);
        }

        @Override
        public Outcome<List<String>> leave(NetworkIntent intent) throws InterruptedException {
            return cloud.leave(intent);
        }

        @Override
        public Outcome<Observed> observe(NetworkIntent intent, Goal goal) throws InterruptedException {
            return cloud.observe(intent, goal);
        }

        @Override
        public Outcome<Applied> apply(NetworkIntent intent, List<Step> steps, StepListener listener)
                throws InterruptedException {
            var region = intent.cloud().regionName();
            var creates = steps.stream().anyMatch(step -> step.action() == Step.Action.CREATE);
            if (creates && overQuota.contains(region)) {
                listener.started(steps.getFirst());
                return new Outcome.Refused<>(new Failure(
                        "neutron_refused",
                        "Neutron of %s answered 409: Quota exceeded for resources: ['network']".formatted(region),
                        "raise the network quota of Isthmus's project in %s, or remove networks that are not needed"
                                .formatted(region)));
            }
            return cloud.apply(intent, steps, listener);
        }
    }
}
