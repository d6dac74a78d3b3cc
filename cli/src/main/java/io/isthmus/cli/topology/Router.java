package io.isthmus.cli.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Finds the way of a line between two boxes: Dijkstra's algorithm over cells and directions (Lee's maze router with weights),
 * where turns, crossings and closeness to others cost more than length.
 */
final class Router {
    private static final int STEP = 2;
    /** A character is about twice as high as it is wide. */
    private static final int VERTICAL_STEP = 4;

    private static final int TURN = 22;
    private static final int CROSSING = 60;
    private static final int BESIDE_LINE = 8;
    private static final int BESIDE_BOX = 6;
    private static final int OFF_MIDDLE = 3;
    private static final int TAKEN_NEARBY = 14;

    private final Canvas canvas;
    private final Collection<Box> boxes;

    Router(Canvas canvas, Collection<Box> boxes) {
        this.canvas = canvas;
        this.boxes = boxes;
    }

    /** The cells of a line, ports included, or nothing where there is no way left. */
    Optional<List<Point>> route(Box from, Box to) {
        var best = new int[canvas.width * canvas.height * 4];
        Arrays.fill(best, Integer.MAX_VALUE);
        var before = new int[best.length];
        Arrays.fill(before, -1);
        var starts = new HashMap<Integer, Point>();
        var queue = new PriorityQueue<Visit>();
        for (var port : from.ports()) {
            var first = port.at().next(port.out());
            if (isFreePort(port) && isOpen(first, port.out(), to)) {
                int state = state(first, port.out());
                int cost = portCost(port) + cost(first, port.out());
                if (cost < best[state]) {
                    best[state] = cost;
                    starts.put(state, port.at());
                    queue.add(new Visit(cost, state));
                }
            }
        }
        var goals = goals(to);
        int found = -1;
        int lowest = Integer.MAX_VALUE;
        while (!queue.isEmpty() && queue.peek().cost() < lowest) {
            var visit = queue.remove();
            if (visit.cost() > best[visit.state()]) {
                continue;
            }
            var at = point(visit.state());
            var heading = Direction.numbered(visit.state() % 4);
            var port = goals.get(state(at, heading));
            if (port != null && visit.cost() + portCost(port) < lowest) {
                lowest = visit.cost() + portCost(port);
                found = visit.state();
            }
            for (var next : Direction.values()) {
                if (next == heading.opposite() || (next != heading && canvas.hasLine(at))) {
                    continue;
                }
                var step = at.next(next);
                if (!isOpen(step, next, to)) {
                    continue;
                }
                int cost = visit.cost() + cost(step, next) + (next == heading ? 0 : TURN);
                int state = state(step, next);
                if (cost < best[state]) {
                    best[state] = cost;
                    before[state] = visit.state();
                    starts.remove(state);
                    queue.add(new Visit(cost, state));
                }
            }
        }
        return found < 0 ? Optional.empty() : Optional.of(way(found, before, starts, goals));
    }

    private record Visit(int cost, int state) implements Comparable<Visit> {
        @Override
        public int compareTo(Visit other) {
            return cost != other.cost ? Integer.compare(cost, other.cost) : Integer.compare(state, other.state);
        }
    }

    private List<Point> way(int found, int[] before, Map<Integer, Point> starts, Map<Integer, Box.Port> goals) {
        var way = new ArrayList<Point>();
        var goal = goals.get(found);
        if (goal != null) {
            way.add(goal.at());
        }
        int state = found;
        while (true) {
            way.add(point(state));
            if (before[state] < 0) {
                break;
            }
            state = before[state];
        }
        var start = starts.get(state);
        if (start != null) {
            way.add(start);
        }
        Collections.reverse(way);
        return way;
    }

    /** The states from which the next step enters a free port of the box. */
    private Map<Integer, Box.Port> goals(Box to) {
        var goals = new HashMap<Integer, Box.Port>();
        for (var port : to.ports()) {
            var last = port.at().next(port.out());
            if (isFreePort(port) && canvas.contains(last)) {
                goals.put(state(last, port.out().opposite()), port);
            }
        }
        return goals;
    }

    private boolean isFreePort(Box.Port port) {
        return canvas.arm(port.at(), port.out()) == Canvas.Pen.NONE;
    }

    /** The middle of a side is best; beside another line's port it looks like one. */
    private int portCost(Box.Port port) {
        int cost = port.fromMiddle() * OFF_MIDDLE;
        for (var along : Direction.values()) {
            if (along.isHorizontal() != port.out().isHorizontal()) {
                var beside = port.at();
                for (int distance = 1; distance <= 2; distance++) {
                    beside = beside.next(along);
                    if (canvas.contains(beside) && canvas.arm(beside, port.out()) != Canvas.Pen.NONE) {
                        cost += TAKEN_NEARBY * (3 - distance);
                    }
                }
            }
        }
        return cost;
    }

    /** A cell that a line may enter: empty, or with a line that it crosses at a right angle. */
    private boolean isOpen(Point at, Direction heading, Box to) {
        if (!canvas.contains(at) || canvas.hasText(at) || boxes.stream().anyMatch(box -> box.contains(at))) {
            return false;
        }
        if (!canvas.hasLine(at)) {
            return true;
        }
        // Directly before a box there is no room to go on after the crossing.
        return canvas.isStraight(at, !heading.isHorizontal()) && !to.contains(at.next(heading));
    }

    private int cost(Point at, Direction heading) {
        int cost = heading.isHorizontal() ? STEP : VERTICAL_STEP;
        if (canvas.hasLine(at)) {
            return cost + CROSSING;
        }
        for (var side : Direction.values()) {
            var beside = at.next(side);
            if (!canvas.contains(beside) || side.isHorizontal() == heading.isHorizontal()) {
                continue;
            }
            if (boxes.stream().anyMatch(box -> box.contains(beside))) {
                cost += BESIDE_BOX;
            } else if (canvas.hasLine(beside) || canvas.hasText(beside)) {
                cost += BESIDE_LINE;
            }
        }
        return cost;
    }

    private int state(Point at, Direction heading) {
        return (at.y() * canvas.width + at.x()) * 4 + heading.number;
    }

    private Point point(int state) {
        int cell = state / 4;
        return new Point(cell % canvas.width, cell / canvas.width);
    }
}
