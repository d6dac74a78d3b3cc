package io.isthmus.southbound.frr;

import io.isthmus.southbound.frr.FakeGateway.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.sshd.server.command.AbstractCommandSupport;

/** Runs one script on a fake gateway: its first line says what it is, assignments follow, and calls end it. */
final class FakeGatewayCommand extends AbstractCommandSupport {
    private static final Pattern ASSIGNMENT = Pattern.compile("([a-z_]+)='([^']*)'");
    private static final Pattern CALL = Pattern.compile("(begin|end) (\\d+)|(put|remove)_([a-z_]+)(?! ?\\().*|joined");

    private final FakeGateway gateway;
    private final FakeGatewayState state;

    FakeGatewayCommand(FakeGateway gateway, FakeGatewayState state, String command) {
        super(command, null);
        this.gateway = gateway;
        this.state = state;
    }

    @Override
    public void run() {
        gateway.countScript();
        try {
            if (!gateway.latency().isZero()) {
                Thread.sleep(gateway.latency());
            }
            if (gateway.fault() == Fault.NO_ANSWER) {
                onExit(0);
            } else if (gateway.fault() != Fault.HANG_AT_EXECUTION) {
                run(script().lines().toList());
            }
        } catch (IOException e) {
            onExit(1, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String script() {
        var command = getCommand();
        var start = command.indexOf(" sh -c '") + " sh -c '".length();
        return command.substring(start, command.length() - 1).replace("'\\''", "'");
    }

    private void run(List<String> lines) throws IOException {
        var values = new HashMap<String, String>();
        for (var line : lines.subList(1, lines.size())) {
            var assignment = ASSIGNMENT.matcher(line);
            if (!assignment.matches()) {
                break;
            }
            values.put(assignment.group(1), assignment.group(2));
        }
        switch (lines.getFirst()) {
            case "# isthmus observe" -> finish(state.observed(values));
            case "# isthmus used_vnis" -> finish(state.used());
            case "# isthmus probe" -> finish(state.probed(values));
            case "# isthmus link_rtts" -> finish(rtts(values.getOrDefault("neighbours", "")));
            case "# isthmus apply" -> apply(lines, values);
            default -> onExit(2, "not a script of this driver");
        }
    }

    private String rtts(String neighbours) {
        var replies = new StringBuilder("=== part rtts\n");
        for (var neighbour : neighbours.split(" ", -1)) {
            if (gateway.reaches(neighbour)) {
                for (var ms : List.of("10.3", "10.1", "12")) {
                    replies.append("{\"neighbour\": \"" + neighbour + "\", \"ms\": " + ms + "}\n");
                }
            }
        }
        return replies + "=== ended 0\n";
    }

    private void finish(String output) throws IOException {
        if (gateway.fault() == Fault.CLOSE_MIDWAY) {
            closeSession();
            return;
        }
        print(output);
        if (gateway.fault() == Fault.NO_VTYSH) {
            complain("timeout: failed to run command 'vtysh': No such file or directory");
        }
        onExit(0);
    }

    private void apply(List<String> lines, Map<String, String> values) throws IOException {
        var calls = calls(lines);
        for (int i = 0; i < calls.size(); i++) {
            var call = calls.get(i);
            if (gateway.fault() == Fault.CLOSE_MIDWAY && i > calls.size() / 2) {
                closeSession();
                return;
            }
            var parts = CALL.matcher(call);
            if (!parts.matches()) {
                throw new IllegalStateException("not a call: " + call);
            }
            if (parts.group(1) != null) {
                print("=== " + call + "\n");
            } else if (parts.group(3) != null) {
                var failed = failure(values, parts.group(4));
                if (failed.isPresent()) {
                    complain(failed.get().said());
                    onExit(failed.get().status());
                    return;
                }
                state.put(values, parts.group(4), parts.group(3).equals("put"));
            }
        }
        onExit(0);
    }

    private record Failed(int status, String said) {}

    private java.util.Optional<Failed> failure(Map<String, String> values, String object) {
        if (state.foreign(values, object)) {
            return java.util.Optional.of(new Failed(76, "device is not marked as this connection's"));
        }
        return switch (gateway.fault()) {
            case FAIL -> java.util.Optional.of(new Failed(1, "RTNETLINK answers: Numerical result out of range"));
            case NO_VTYSH ->
                java.util.Optional.of(new Failed(127, "timeout: failed to run command 'vtysh': not there"));
            case FRR_DOWN -> java.util.Optional.of(new Failed(1, "Exiting: failed to connect to any daemons."));
            case FRR_FROZEN -> java.util.Optional.of(new Failed(124, ""));
            default -> java.util.Optional.empty();
        };
    }

    /** From the first step on; what starts early has had its effect by its turn. */
    private static List<String> calls(List<String> lines) {
        var calls = new ArrayList<String>();
        var early = "";
        for (var line : lines) {
            if (line.startsWith("early ") && !line.contains("()")) {
                early = line.substring("early ".length());
            } else if (line.equals("joined")) {
                calls.add(early);
            } else if (CALL.matcher(line).matches() && !line.contains("()")) {
                calls.add(line);
            }
        }
        return calls;
    }

    private void closeSession() {
        getServerSession().close(true);
    }

    private void print(String text) throws IOException {
        getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        getOutputStream().flush();
    }

    private void complain(String text) throws IOException {
        getErrorStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
        getErrorStream().flush();
    }
}
