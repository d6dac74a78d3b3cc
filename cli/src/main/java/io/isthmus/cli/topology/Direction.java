package io.isthmus.cli.topology;

/** One step on the canvas. */
enum Direction {
    UP(0, 0, -1),
    RIGHT(1, 1, 0),
    DOWN(2, 0, 1),
    LEFT(3, -1, 0);

    /** Clockwise from above. */
    final int number;

    final int x;
    final int y;

    Direction(int number, int x, int y) {
        this.number = number;
        this.x = x;
        this.y = y;
    }

    Direction opposite() {
        return numbered((number + 2) % 4);
    }

    static Direction numbered(int number) {
        return switch (number) {
            case 0 -> UP;
            case 1 -> RIGHT;
            case 2 -> DOWN;
            case 3 -> LEFT;
            default -> throw new IllegalArgumentException("no direction has the number " + number);
        };
    }

    boolean isHorizontal() {
        return y == 0;
    }
}
