package io.isthmus.cli.topology;

import java.util.ArrayList;
import java.util.List;

/** A site's box on the canvas, by its top left corner. */
record Box(int x, int y, int width, int height) {

    /** A cell of the border where a line may leave, and in which direction. */
    record Port(Point at, Direction out, int fromMiddle) {}

    boolean contains(Point at) {
        return at.x() >= x && at.x() < x + width && at.y() >= y && at.y() < y + height;
    }

    Point middle() {
        return new Point(x + width / 2, y + height / 2);
    }

    /** All places on the border but the corners. */
    List<Port> ports() {
        var ports = new ArrayList<Port>();
        for (int i = 1; i < width - 1; i++) {
            int off = Math.abs(2 * i - (width - 1)) / 2;
            ports.add(new Port(new Point(x + i, y), Direction.UP, off));
            ports.add(new Port(new Point(x + i, y + height - 1), Direction.DOWN, off));
        }
        for (int i = 1; i < height - 1; i++) {
            ports.add(new Port(new Point(x, y + i), Direction.LEFT, i - 1));
            ports.add(new Port(new Point(x + width - 1, y + i), Direction.RIGHT, i - 1));
        }
        return ports;
    }

    void drawOn(Canvas canvas, List<String> content) {
        for (int i = 1; i < width - 1; i++) {
            for (int row : new int[] {y, y + height - 1}) {
                canvas.stretch(new Point(x + i, row), Direction.LEFT, Canvas.Pen.LIGHT);
                canvas.stretch(new Point(x + i, row), Direction.RIGHT, Canvas.Pen.LIGHT);
            }
        }
        for (int i = 1; i < height - 1; i++) {
            for (int column : new int[] {x, x + width - 1}) {
                canvas.stretch(new Point(column, y + i), Direction.UP, Canvas.Pen.LIGHT);
                canvas.stretch(new Point(column, y + i), Direction.DOWN, Canvas.Pen.LIGHT);
            }
        }
        canvas.write(x, y, "┌");
        canvas.write(x + width - 1, y, "┐");
        canvas.write(x, y + height - 1, "└");
        canvas.write(x + width - 1, y + height - 1, "┘");
        for (int i = 0; i < content.size(); i++) {
            canvas.write(x + 2, y + 1 + i, content.get(i));
        }
    }
}
