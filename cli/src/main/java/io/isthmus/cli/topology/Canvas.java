package io.isthmus.cli.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Characters in rows. Lines are kept as the arms that they stretch out in each cell, so that the right corner, junction or
 * crossing follows from what meets there.
 */
final class Canvas {
    /** How a line looks. */
    enum Pen {
        NONE,
        LIGHT,
        DOUBLE
    }

    private static final char EMPTY = 0;

    final int width;
    final int height;
    private final Pen[][] arms;
    private final char[][] text;
    private final boolean[][] dashed;

    Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.arms = new Pen[width * height][4];
        for (var cell : arms) {
            Arrays.fill(cell, Pen.NONE);
        }
        this.text = new char[height][width];
        this.dashed = new boolean[height][width];
    }

    boolean contains(Point at) {
        return at.x() >= 0 && at.y() >= 0 && at.x() < width && at.y() < height;
    }

    /** The line's pen in that direction of a cell. */
    Pen arm(Point at, Direction direction) {
        return arms[at.y() * width + at.x()][direction.number];
    }

    void stretch(Point at, Direction direction, Pen pen) {
        arms[at.y() * width + at.x()][direction.number] = pen;
    }

    void dash(Point at) {
        dashed[at.y()][at.x()] = true;
    }

    void write(int x, int y, String written) {
        for (int i = 0; i < written.length(); i++) {
            text[y][x + i] = written.charAt(i);
        }
    }

    boolean hasText(Point at) {
        return text[at.y()][at.x()] != EMPTY;
    }

    boolean hasLine(Point at) {
        return Arrays.stream(arms[at.y() * width + at.x()]).anyMatch(pen -> pen != Pen.NONE);
    }

    /** A line passes straight through, and none across it. */
    boolean isStraight(Point at, boolean horizontal) {
        for (var direction : Direction.values()) {
            if ((arm(at, direction) != Pen.NONE) != (direction.isHorizontal() == horizontal)) {
                return false;
            }
        }
        return true;
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        for (int y = 0; y < height; y++) {
            var line = new StringBuilder();
            for (int x = 0; x < width; x++) {
                line.append(text[y][x] == EMPTY ? glyph(new Point(x, y)) : text[y][x]);
            }
            lines.add(line.toString().stripTrailing());
        }
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        while (!lines.isEmpty() && lines.getFirst().isEmpty()) {
            lines.removeFirst();
        }
        int margin = lines.stream()
                .filter(line -> !line.isEmpty())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return lines.stream()
                .map(line -> line.isEmpty() ? line : line.substring(margin))
                .toList();
    }

    private char glyph(Point at) {
        var key = new StringBuilder(4);
        for (var direction : Direction.values()) {
            key.append(
                    switch (arm(at, direction)) {
                        case NONE -> '.';
                        case LIGHT -> '-';
                        case DOUBLE -> '=';
                    });
        }
        var glyph = glyph(key.toString());
        if (dashed[at.y()][at.x()]) {
            return switch (glyph) {
                case '─' -> '┄';
                case '│' -> '┆';
                default -> glyph;
            };
        }
        return glyph;
    }

    /** @param arms up, right, down, left: {@code .} none, {@code -} light, {@code =} double */
    private static char glyph(String arms) {
        return switch (arms) {
            case ".-.-", ".-..", "...-" -> '─';
            case "-.-.", "-...", "..-." -> '│';
            case ".--." -> '╭';
            case "..--" -> '╮';
            case "--.." -> '╰';
            case "-..-" -> '╯';
            case "---." -> '├';
            case "-.--" -> '┤';
            case ".---" -> '┬';
            case "--.-" -> '┴';
            case "----" -> '┼';
            case ".=.=", ".=..", "...=" -> '═';
            case "=.=.", "=...", "..=." -> '║';
            case ".==." -> '╔';
            case "..==" -> '╗';
            case "==.." -> '╚';
            case "=..=" -> '╝';
            case "====" -> '╬';
            case "-=-=" -> '╪';
            case "=-=-" -> '╫';
            case "-=-." -> '╞';
            case "-.-=" -> '╡';
            case ".-=-" -> '╥';
            case "=-.-" -> '╨';
            default -> ' ';
        };
    }
}
