package io.isthmus.cli.topology;

/** A character cell of the canvas, counted from the top left. */
record Point(int x, int y) {
    Point next(Direction direction) {
        return new Point(x + direction.x, y + direction.y);
    }
}
