package io.isthmus.server.engine;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.connection.SideIntents;
import io.isthmus.core.side.Goal;
import io.isthmus.core.side.Part;
import io.isthmus.core.side.Side;
import io.isthmus.core.side.SideRole;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Reads both sides for what would be done there, by the same code that then does it; changes nothing, and does not wait long
 * for a site.
 */
public final class SidePlans {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Planning planning;
    private final EndsFinder endsFinder;
    private final Drivers drivers;

    SidePlans(Planning planning, EndsFinder endsFinder, Drivers drivers) {
        this.planning = planning;
        this.endsFinder = endsFinder;
        this.drivers = drivers;
    }

    /** What a new connection would reserve, with what its sites use by themselves. */
    public ReadPlan reading(Connection connection, SideIntents.End local, SideIntents.End remote)
            throws InterruptedException {
        var facts = new ConnectionFacts(
                connection,
                ConnectionGoal.PRESENT,
                false,
                false,
                Optional.empty(),
                Side.pending(SideRole.LOCAL, local.site().id()),
                Side.pending(SideRole.REMOTE, remote.site().id()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Callable<Planning.Result> question = () -> planning.plan(new Ends(facts, local, remote));
        return switch (Questions.ask(List.of(question), LIMIT).getFirst().orElse(null)) {
            case null -> new ReadPlan.Silent();
            case Planning.Result.Planned(var reservation) -> new ReadPlan.Planned(reservation);
            case Planning.Result.Impossible(var problem) -> new ReadPlan.Impossible(problem);
            case Planning.Result.Unusable(var role, var survey) ->
                new ReadPlan.Unusable(
                        role,
                        (role == SideRole.LOCAL ? local : remote).site().id(),
                        survey.step(),
                        survey.failure(),
                        survey.lasting());
        };
    }

    /** What both sides need for it. */
    public List<PartPlan> towards(
            Connection wanted, Reservation reservation, SideIntents.End local, SideIntents.End remote)
            throws InterruptedException {
        var questions = new ArrayList<Question>();
        for (var role : SideRole.values()) {
            var intents = SideIntents.of(wanted, reservation, role, local, remote);
            questions.add(network(role, intents, Goal.PRESENT));
            questions.add(gateway(role, intents, wanted.adminStateUp() ? Goal.PRESENT : Goal.ABSENT));
        }
        return ask(questions);
    }

    /** What both sides need to be as it is wanted now. */
    public List<PartPlan> towards(ConnectionFacts facts, Connection wanted, Reservation reservation)
            throws InterruptedException {
        var ends = endsFinder.of(facts);
        return towards(wanted, reservation, ends.local(), ends.remote());
    }

    /** What is to be removed at both sides. */
    public List<PartPlan> removal(ConnectionFacts facts) throws InterruptedException {
        if (facts.reservation().isEmpty()) {
            return List.of();
        }
        var ends = endsFinder.of(facts);
        var questions = new ArrayList<Question>();
        for (var role : SideRole.values()) {
            var touched = facts.side(role).touchedParts();
            if (touched.contains(Part.NETWORK)) {
                questions.add(network(role, ends.intents(role), Goal.ABSENT));
            }
            if (touched.contains(Part.GATEWAY)) {
                questions.add(gateway(role, ends.intents(role), Goal.ABSENT));
            }
        }
        return ask(questions);
    }

    private record Question(SideRole role, Part part, Callable<Outcome<Observed>> read) {}

    private Question network(SideRole role, SideIntents intents, Goal goal) {
        return new Question(role, Part.NETWORK, () -> drivers.cloud().observe(intents.network(), goal));
    }

    private Question gateway(SideRole role, SideIntents intents, Goal goal) {
        var driver = drivers.of(intents.gateway().gateway()).orElseThrow();
        return new Question(role, Part.GATEWAY, () -> driver.observe(intents.gateway(), goal));
    }

    private static List<PartPlan> ask(List<Question> questions) throws InterruptedException {
        var answers = Questions.ask(questions.stream().map(Question::read).toList(), LIMIT);
        var plans = new ArrayList<PartPlan>();
        for (int at = 0; at < questions.size(); at++) {
            plans.add(new PartPlan(questions.get(at).role(), questions.get(at).part(), answers.get(at)));
        }
        return plans;
    }
}
