package io.isthmus.southbound.frr;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Keeps what is written up to a limit, drops the rest, and tells each line as it ends. */
final class BoundedOutput extends OutputStream {
    private final int limit;
    private final Consumer<String> line;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private boolean overflown;

    BoundedOutput(int limit, Consumer<String> line) {
        this.limit = limit;
        this.line = line;
    }

    @Override
    public synchronized void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        var room = Math.min(length, limit - kept.size());
        overflown |= room < length;
        kept.write(bytes, offset, room);
        for (int i = offset; i < offset + room; i++) {
            if (bytes[i] == '\n') {
                line.accept(begun.toString(StandardCharsets.UTF_8));
                begun.reset();
            } else {
                begun.write(bytes[i]);
            }
        }
    }

    synchronized boolean overflown() {
        return overflown;
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
