package io.isthmus.server.engine;

import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.side.Part;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;
import io.isthmus.southbound.CloudDriver;
import io.isthmus.southbound.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks both sites of a connection, at once and not for long, whose ports are on what was made for it. */
final class NetworkUsers {
    private static final Logger log = LoggerFactory.getLogger(NetworkUsers.class);

    private final CloudDriver clouds;
    private final Duration limit;

    NetworkUsers(CloudDriver clouds, Duration limit) {
        this.clouds = clouds;
        this.limit = limit;
    }

    Map<SiteId, List<String>> of(Ends ends) throws InterruptedException {
        var asked = new EnumMap<SideRole, Future<Outcome<List<String>>>>(SideRole.class);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (var role : SideRole.values()) {
                if (ends.facts().side(role).touchedParts().contains(Part.NETWORK)) {
                    NetworkIntent intent = ends.intents(role).network();
                    Callable<Outcome<List<String>>> question = () -> clouds.users(intent);
                    asked.put(role, threads.submit(UnderRequest.carriedOver(question)));
                }
            }
            var end = System.nanoTime() + limit.toNanos();
            var users = new TreeMap<SiteId, List<String>>();
            for (var each : asked.entrySet()) {
                var found = answer(each.getValue(), end);
                if (!found.isEmpty()) {
                    users.computeIfAbsent(ends.site(each.getKey()), site -> new ArrayList<>())
                            .addAll(found);
                }
            }
            return users;
        } finally {
            threads.shutdownNow();
        }
    }

    /** What is not known in time is found out when the deletion is carried out. */
    private static List<String> answer(Future<Outcome<List<String>>> question, long end) throws InterruptedException {
        try {
            return question.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
                            instanceof Outcome.Done<List<String>>(var found)
                    ? found
                    : List.of();
        } catch (TimeoutException _) {
            return List.of();
        } catch (ExecutionException fault) {
            log.error("asking who uses a network failed unexpectedly", fault.getCause());
            return List.of();
        }
    }
}
