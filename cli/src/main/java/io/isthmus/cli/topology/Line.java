package io.isthmus.cli.topology;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A line that was routed, from port to port. */
record Line(List<Point> way, Canvas.Pen pen, boolean isDashed) {

    void drawOn(Canvas canvas) {
        for (int i = 0; i + 1 < way.size(); i++) {
            var direction = direction(way.get(i), way.get(i + 1));
            canvas.stretch(way.get(i), direction, pen);
            canvas.stretch(way.get(i + 1), direction.opposite(), pen);
        }
        if (isDashed) {
            way.subList(1, way.size() - 1).forEach(canvas::dash);
        }
    }

    private static Direction direction(Point from, Point to) {
        for (var direction : Direction.values()) {
            if (from.next(direction).equals(to)) {
                return direction;
            }
        }
        throw new IllegalStateException("a line jumps from " + from + " to " + to);
    }

    /** Writes the label into the line where it runs level for long enough, else beside it; answers whether there was room. */
    boolean label(Canvas canvas, String label) {
        var text = " " + label + " ";
        var place = within(canvas, text.length()).or(() -> beside(canvas, text.length()));
        place.ifPresent(at -> canvas.write(at.x(), at.y(), text));
        return place.isPresent();
    }

    /** The left end of a label in the middle of the longest level run, which keeps a piece of line at both ends. */
    private Optional<Point> within(Canvas canvas, int length) {
        Optional<Point> best = Optional.empty();
        int longest = 0;
        int start = 0;
        while (start < way.size()) {
            int end = start;
            while (end + 1 < way.size()
                    && way.get(end + 1).y() == way.get(start).y()) {
                end++;
            }
            var run = way.subList(start, end + 1);
            if (run.size() >= length + 4 && run.size() > longest) {
                var place = middle(canvas, run, length);
                if (place.isPresent()) {
                    best = place;
                    longest = run.size();
                }
            }
            start = end + 1;
        }
        return best;
    }

    private static Optional<Point> middle(Canvas canvas, List<Point> run, int length) {
        int left = run.stream().mapToInt(Point::x).min().orElseThrow();
        int y = run.getFirst().y();
        int middle = left + (run.size() - length) / 2;
        return IntStream.rangeClosed(left + 2, left + run.size() - length - 2)
                .boxed()
                .sorted(Comparator.comparingInt(x -> Math.abs(x - middle)))
                .filter(x -> IntStream.range(x, x + length).allMatch(at -> canvas.isStraight(new Point(at, y), true)))
                .map(x -> new Point(x, y))
                .findFirst();
    }

    /** The left end of a label right or left of the middle of an upright run. */
    private Optional<Point> beside(Canvas canvas, int length) {
        var middle = way.get(way.size() / 2);
        return way.subList(1, way.size() - 1).stream()
                .sorted(Comparator.comparingInt(at -> Math.abs(at.y() - middle.y()) + Math.abs(at.x() - middle.x())))
                .filter(at -> canvas.isStraight(at, false))
                .flatMap(at -> IntStream.of(at.x() + 1, at.x() - length).mapToObj(x -> new Point(x, at.y())))
                .filter(at -> isEmpty(canvas, at, length))
                .findFirst();
    }

    private static boolean isEmpty(Canvas canvas, Point from, int length) {
        return IntStream.range(from.x(), from.x() + length)
                .mapToObj(x -> new Point(x, from.y()))
                .allMatch(at -> canvas.contains(at) && !canvas.hasLine(at) && !canvas.hasText(at));
    }
}
