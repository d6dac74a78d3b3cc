package io.isthmus.lab;

import io.isthmus.lab.Mutation.Mending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A catalogue of mutations of one connection at one site, from which some are drawn. */
abstract class Mutations {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    final LabDescription lab;
    final String site;
    private final List<Kind> kinds = new ArrayList<>();

    /** Chooses the values, if it has any. */
    @FunctionalInterface
    interface Kind {
        Mutation draw(SplittableRandom random);
    }

    Mutations(LabDescription lab, String site) {
        this.lab = lab;
        this.site = site;
    }

    List<Kind> kinds() {
        return List.copyOf(kinds);
    }

    /** A shell command with the value that was drawn. */
    @FunctionalInterface
    interface Command1 {
        String with(SplittableRandom random);
    }

    final void repaired(String kind, String object, String field, Command1 command) {
        kinds.add(random -> {
            var drawn = command.with(random);
            return mutation(kind, object, field, Mending.REPAIRED, () -> shell(drawn), () -> {});
        });
    }

    final void leftAlone(String kind, String object, String field, String command, String undo) {
        kinds.add(_ -> mutation(kind, object, field, Mending.LEFT_ALONE, () -> shell(command), () -> shell(undo)));
    }

    final void repairedCall(
            String kind, String object, String field, java.util.function.Consumer<SplittableRandom> call) {
        kinds.add(random -> mutation(kind, object, field, Mending.REPAIRED, () -> call.accept(random), () -> {}));
    }

    final void leftAloneCall(String kind, String object, String field, Runnable call, Runnable undo) {
        kinds.add(_ -> mutation(kind, object, field, Mending.LEFT_ALONE, call, undo));
    }

    private Mutation mutation(
            String kind, String object, String field, Mending mending, Runnable inject, Runnable undo) {
        return new Mutation(kind, site, object, field, mending, inject, undo);
    }

    static void shell(String command) {
        Command.run(LIMIT, "bash", "-c", command).orFail();
    }
}
