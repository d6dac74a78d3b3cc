package io.isthmus.cli.connection;

import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Facts;
import io.isthmus.cli.output.Mark;
import io.isthmus.cli.output.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** How far a connection is: its status, and the steps of its operation in the order in which they began. */
record Steps(String title, String status, String trouble, List<String> sites, List<Step> all) {

    /** @param site empty for what concerns no single site */
    record Step(
            String site,
            String name,
            String state,
            Optional<Instant> startedAt,
            Optional<Duration> took,
            String detail) {

        Mark mark() {
            return Mark.of(state);
        }

        /** Empty for a step that has not begun, or a clock that differs from the controller's. */
        String time(Instant now) {
            return took.or(() -> startedAt
                            .filter(start -> state.equals("running") && start.isBefore(now))
                            .map(start -> Duration.between(start, now)))
                    .map(Steps::seconds)
                    .orElse("");
        }
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    static Steps of(JsonNode connection, Optional<JsonNode> operation) {
        var steps = operation.stream()
                .flatMap(found -> found.path("steps").valueStream())
                .map(Steps::step)
                .toList();
        SequencedSet<String> sites = new LinkedHashSet<>();
        Stream.concat(
                        Stream.of(Facts.end(connection, "local"), Facts.end(connection, "remote")),
                        steps.stream().map(Step::site))
                .filter(site -> !site.isEmpty())
                .forEach(sites::add);
        return new Steps(
                Facts.ends(connection),
                Text.clean(Json.text(connection, "status")),
                Trouble.of(connection).map(Trouble::summary).orElse(""),
                List.copyOf(sites),
                steps);
    }

    private static Step step(JsonNode step) {
        return new Step(
                Text.clean(Json.text(step, "site")),
                Text.clean(Json.text(step, "step")),
                Text.clean(Json.text(step, "state")),
                time(Json.text(step, "started_at")),
                step.path("duration_ms").isNumber()
                        ? Optional.of(Duration.ofMillis(step.path("duration_ms").asLong(0)))
                        : Optional.empty(),
                Text.clean(Json.text(step, "detail")));
    }

    private static Optional<Instant> time(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** What concerns no single site and came before everything else. */
    List<Step> before() {
        return all.stream().takeWhile(step -> step.site().isEmpty()).toList();
    }

    /** What concerns no single site and came later. */
    List<Step> after() {
        return all.stream()
                .dropWhile(step -> step.site().isEmpty())
                .filter(step -> step.site().isEmpty())
                .toList();
    }

    List<Step> at(String site) {
        return all.stream().filter(step -> step.site().equals(site)).toList();
    }
}
