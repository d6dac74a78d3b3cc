package io.isthmus.cli.diagnosis;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes plain files as a tar archive (POSIX.1-1988, "ustar"). */
final class Tar implements AutoCloseable {
    private static final int BLOCK = 512;

    private final OutputStream out;

    Tar(OutputStream out) {
        this.out = out;
    }

    /** @param name at most 100 characters of ASCII */
    void add(String name, byte[] content, Instant modified) throws IOException {
        var header = new byte[BLOCK];
        put(header, 0, 100, name);
        put(header, 100, 8, "0000600");
        put(header, 108, 8, "0000000");
        put(header, 116, 8, "0000000");
        put(header, 124, 12, String.format(java.util.Locale.ROOT, "%011o", content.length));
        put(header, 136, 12, String.format(java.util.Locale.ROOT, "%011o", modified.getEpochSecond()));
        put(header, 148, 8, "        ");
        header[156] = '0';
        put(header, 257, 6, "ustar");
        put(header, 263, 2, "00");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        put(header, 148, 7, String.format(java.util.Locale.ROOT, "%06o", sum) + "\0");
        out.write(header);
        out.write(content);
        out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static void put(byte[] header, int at, int length, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length > length) {
            throw new IllegalArgumentException("too long for a tar header: " + text);
        }
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }
}
