package io.isthmus.cli.connection;

import io.isthmus.cli.output.Screen;
import java.util.ArrayList;
import java.util.List;

/** Progress in a pipe: one line for each change. */
final class PlainProgress implements Progress {
    private final Screen screen;
    private final List<String> shown = new ArrayList<>();
    private String status = "";

    PlainProgress(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void show(Steps steps) {
        for (int i = 0; i < steps.all().size(); i++) {
            var step = steps.all().get(i);
            if (i == shown.size()) {
                shown.add("");
            }
            if (!shown.get(i).equals(step.state())) {
                shown.set(i, step.state());
                screen.line(line(step));
            }
        }
        if (!steps.status().equals(status)) {
            status = steps.status();
            screen.line(steps.title() + ": " + status);
        }
    }

    private static String line(Steps.Step step) {
        var line = new StringBuilder();
        if (!step.site().isEmpty()) {
            line.append(step.site()).append(": ");
        }
        line.append(step.name()).append(": ").append(step.state());
        step.took().ifPresent(took -> line.append(" after ").append(Steps.seconds(took)));
        if (!step.detail().isEmpty()) {
            line.append(": ").append(step.detail());
        }
        return line.toString();
    }
}
