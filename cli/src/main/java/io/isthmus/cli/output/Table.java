package io.isthmus.cli.output;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows under column names: in a box on a terminal, narrow enough for it; in plain aligned text elsewhere. */
final class Table {
    private static final int NARROWEST = 8;

    private final List<Column> columns;
    private final List<List<String>> rows;

    Table(List<Column> columns, List<List<String>> rows) {
        this.columns = columns;
        this.rows = rows;
    }

    List<String> plain() {
        var widths = widths(rows);
        var lines = new ArrayList<String>();
        lines.add(plainLine(columns.stream().map(Column::name).toList(), widths));
        rows.forEach(row -> lines.add(plainLine(row, widths)));
        return lines;
    }

    private static String plainLine(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> Text.pad(cells.get(i), widths[i]))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    List<String> boxed(int width, Style style) {
        var marked = rows.stream().map(this::marked).toList();
        var widths = widths(marked);
        narrow(widths, width);
        var lines = new ArrayList<String>();
        lines.add(border(widths, "┌", "┬", "┐"));
        var header = new StringBuilder("│");
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] > 0) {
                var name = Text.pad(Text.cut(columns.get(i).name(), widths[i]), widths[i]);
                header.append(' ').append(style.bold(name)).append(" │");
            }
        }
        lines.add(header.toString());
        lines.add(border(widths, "├", "┼", "┤"));
        for (int row = 0; row < rows.size(); row++) {
            lines.add(boxedLine(marked.get(row), rows.get(row), widths, style));
        }
        lines.add(border(widths, "└", "┴", "┘"));
        return lines;
    }

    private String boxedLine(List<String> cells, List<String> states, int[] widths, Style style) {
        var line = new StringBuilder("│");
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] > 0) {
                var cell = Text.pad(Text.cut(cells.get(i), widths[i]), widths[i]);
                line.append(' ')
                        .append(columns.get(i).state() ? style.of(Mark.of(states.get(i)), cell) : cell)
                        .append(" │");
            }
        }
        return line.toString();
    }

    private List<String> marked(List<String> row) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> columns.get(i).state() ? Mark.marked(row.get(i)) : row.get(i))
                .toList();
    }

    private int[] widths(List<List<String>> cells) {
        return IntStream.range(0, columns.size())
                .map(i -> cells.stream()
                        .mapToInt(row -> Text.width(row.get(i)))
                        .reduce(Text.width(columns.get(i).name()), Math::max))
                .toArray();
    }

    /** Cuts the columns that matter least until the table fits; one of which too little would be left is left out (width 0). */
    private void narrow(int[] widths, int available) {
        var leastImportantFirst = IntStream.range(0, widths.length)
                .filter(i -> columns.get(i).rank() > 0)
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> -columns.get(i).rank()))
                .toList();
        for (int i : leastImportantFirst) {
            var excess = total(widths) - available;
            if (excess > 0) {
                widths[i] = widths[i] - excess >= NARROWEST ? widths[i] - excess : 0;
            }
        }
    }

    private static int total(int[] widths) {
        return 1
                + IntStream.of(widths)
                        .filter(width -> width > 0)
                        .map(width -> width + 3)
                        .sum();
    }

    private static String border(int[] widths, String left, String middle, String right) {
        return IntStream.of(widths)
                .filter(width -> width > 0)
                .mapToObj(width -> "─".repeat(width + 2))
                .collect(Collectors.joining(middle, left, right));
    }
}
