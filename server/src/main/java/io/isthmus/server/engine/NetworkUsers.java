package io.isthmus.server.engine;

import io.isthmus.core.side.Part;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;
import io.isthmus.southbound.CloudDriver;
import io.isthmus.southbound.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Asks both sites of a connection, at once and not for long, whose ports are on what was made for it. */
final class NetworkUsers {
    private final CloudDriver clouds;
    private final Duration limit;

    NetworkUsers(CloudDriver clouds, Duration limit) {
        this.clouds = clouds;
        this.limit = limit;
    }

    /** What is not known in time is found out when the deletion is carried out. */
    Map<SiteId, List<String>> of(Ends ends) throws InterruptedException {
        var roles = Arrays.stream(SideRole.values())
                .filter(role -> ends.facts().side(role).touchedParts().contains(Part.NETWORK))
                .toList();
        var questions = roles.stream()
                .<Callable<Outcome<List<String>>>>map(
                        role -> () -> clouds.users(ends.intents(role).network()))
                .toList();
        var answers = Questions.ask(questions, limit);
        var users = new TreeMap<SiteId, List<String>>();
        for (int at = 0; at < roles.size(); at++) {
            if (answers.get(at).orElse(null) instanceof Outcome.Done<List<String>>(var found) && !found.isEmpty()) {
                users.computeIfAbsent(ends.site(roles.get(at)), site -> new ArrayList<>())
                        .addAll(found);
            }
        }
        return users;
    }
}
