package io.isthmus.cli.connection;

import io.isthmus.cli.output.Mark;
import io.isthmus.cli.output.Screen;
import io.isthmus.cli.output.Style;
import io.isthmus.cli.output.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Progress on a terminal, redrawn in place: a column for each site.
 *
 * <pre>
 * ◐ connect b ↔ d   provisioning   3.1 s
 *   ● reserve   0.1 s
 *
 *   b                                    d
 *   ● create network             0.4 s   ● create network             0.6 s
 *   ◐ create subnet              1.2 s
 * </pre>
 */
final class LiveProgress implements Progress {
    private static final int GAP = 3;
    private static final int NARROWEST = 24;
    private static final int WIDEST = 44;

    private final Screen screen;
    private final String verb;
    private final InstantSource clock;
    private final Instant began;
    private int drawn;

    LiveProgress(Screen screen, String verb, InstantSource clock) {
        this.screen = screen;
        this.verb = verb;
        this.clock = clock;
        this.began = clock.instant();
    }

    @Override
    public void show(Steps steps) {
        var lines = lines(steps, clock.instant());
        if (drawn > 0) {
            screen.raw("\u001b[" + drawn + "A\r\u001b[J");
        }
        lines.forEach(screen::line);
        drawn = lines.size();
    }

    private List<String> lines(Steps steps, Instant now) {
        var style = screen.style();
        var mark = Mark.of(steps.status());
        var lines = new ArrayList<String>();
        lines.add(style.of(mark, mark.sign()) + " " + style.bold(verb + " " + steps.title()) + "   "
                + style.of(mark, steps.status()) + "   " + Steps.seconds(Duration.between(began, now)));
        common(lines, steps.before(), now, style);
        var body = new ArrayList<String>();
        int abreast = Math.max(1, Math.min(steps.sites().size(), (screen.width() - 2) / (NARROWEST + GAP)));
        for (int first = 0; first < steps.sites().size(); first += abreast) {
            body.add("");
            body.addAll(columns(
                    steps,
                    steps.sites()
                            .subList(
                                    first,
                                    Math.min(first + abreast, steps.sites().size())),
                    now,
                    style));
        }
        common(body, steps.after(), now, style);
        if (!steps.trouble().isEmpty()) {
            body.add("");
            body.add("  " + style.of(Mark.BAD, Text.cut(Mark.BAD.sign() + " " + steps.trouble(), screen.width() - 3)));
        }
        // Taller than the terminal, it could not be redrawn: then the latest is what matters.
        int room = Math.max(4, screen.measured().get().rows() - 2 - lines.size());
        lines.addAll(body.subList(Math.max(0, body.size() - room), body.size()));
        return lines;
    }

    private void common(List<String> lines, List<Steps.Step> steps, Instant now, Style style) {
        for (var step : steps) {
            lines.add("  " + cell(step, columnWidth(2), now, style).stripTrailing());
        }
    }

    private List<String> columns(Steps steps, List<String> sites, Instant now, Style style) {
        int width = columnWidth(sites.size());
        var lines = new ArrayList<String>();
        var heading = new StringBuilder(" ");
        for (var site : sites) {
            heading.append(' ')
                    .append(style.bold(Text.cut(site, width)))
                    .append(" ".repeat(width - Text.width(Text.cut(site, width)) + GAP - 1));
        }
        lines.add(heading.toString().stripTrailing());
        int rows = sites.stream().mapToInt(site -> steps.at(site).size()).max().orElse(0);
        for (int row = 0; row < rows; row++) {
            var line = new StringBuilder("  ");
            for (var site : sites) {
                var own = steps.at(site);
                line.append(row < own.size() ? cell(own.get(row), width, now, style) : " ".repeat(width))
                        .append(" ".repeat(GAP));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int columnWidth(int columns) {
        return Math.min(WIDEST, (screen.width() - 2) / columns - GAP);
    }

    private static String cell(Steps.Step step, int width, Instant now, Style style) {
        var time = step.time(now);
        var name = step.state().equals("failed") ? step.name() + " failed" : step.name();
        int room = width - 2 - Text.width(time) - 1;
        return style.of(step.mark(), step.mark().sign()) + " " + Text.pad(Text.cut(name, room), room) + " "
                + style.quiet(time);
    }
}
