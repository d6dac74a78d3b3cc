package io.isthmus.southbound.frr;

import io.isthmus.southbound.frr.GatewayShell.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;

/** One command in one channel of a session. */
final class SshExecution {
    private final Target target;
    private final SharedSession session;
    private final BoundedOutput output;
    private final BoundedOutput errors;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private sealed interface Event {
        record Line(String text) implements Event {}

        record Closed() implements Event {}
    }

    SshExecution(Target target, SharedSession session, int outputBytes) {
        this.target = target;
        this.session = session;
        this.output = new BoundedOutput(outputBytes, text -> events.add(new Event.Line(text)));
        this.errors = new BoundedOutput(outputBytes, text -> {});
    }

    /** Empty if the session was gone before anything was sent. */
    Optional<Answer> run(String command, Duration limit, Consumer<String> line) throws InterruptedException {
        if (!session.enter()) {
            return Optional.empty();
        }
        try {
            var end = System.nanoTime() + limit.toNanos();
            ChannelExec channel;
            try {
                channel = session.session().createExecChannel(command);
            } catch (IOException | RuntimeException e) {
                session.retire();
                return Optional.empty();
            }
            return runIn(channel, end, line);
        } finally {
            session.leave();
        }
    }

    private Optional<Answer> runIn(ChannelExec channel, long end, Consumer<String> line) throws InterruptedException {
        channel.setOut(output);
        channel.setErr(errors);
        channel.addCloseFutureListener(closed -> events.add(new Event.Closed()));
        try {
            channel.open().verify(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            return Optional.of(followed(channel, end, line));
        } catch (SshChannelOpenException e) {
            return Optional.of(new Answer.Unreachable(Failures.busy(target)));
        } catch (SshException e) {
            session.retire();
            return Optional.of(
                    new Answer.Silent("the command was not taken: " + Failures.lastLine("" + e.getMessage(), "")));
        } catch (IOException e) {
            session.retire();
            return Optional.of(new Answer.Silent("the connection was lost"));
        } finally {
            channel.close(true);
        }
    }

    private Answer followed(ChannelExec channel, long end, Consumer<String> line) throws InterruptedException {
        while (true) {
            var event = events.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            switch (event) {
                case null -> {
                    session.retire();
                    return new Answer.Silent("nothing came in time");
                }
                case Event.Line(var text) -> line.accept(text);
                case Event.Closed() -> {
                    return ended(channel);
                }
            }
        }
    }

    private Answer ended(ChannelExec channel) {
        var status = channel.getExitStatus();
        if (status == null) {
            session.retire();
            return new Answer.Silent("the connection was lost");
        }
        if (output.overflown() || errors.overflown()) {
            return new Answer.Silent("it answered more than is read");
        }
        return new Answer.Ended(status, output.text(), errors.text());
    }
}
