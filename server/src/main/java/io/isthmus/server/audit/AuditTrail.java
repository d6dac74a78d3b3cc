package io.isthmus.server.audit;

import io.isthmus.store.audit.AuditRecord;
import io.isthmus.store.audit.AuditStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records and stores them by a thread of its own, many at a time. A request waits only where the store falls far
 * behind; none is left out, but for callers who are not known or ask too often: of those only some are written down, so
 * that they cannot fill the disk.
 */
public final class AuditTrail implements AutoCloseable {
    /** Of requests that prove no caller, or too many of one, so many are written down in a minute. */
    public static final int NUISANCES_A_MINUTE = 60;

    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);
    private static final int WAITING = 10_000;
    private static final int AT_A_TIME = 500;
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

    private final AuditStore store;
    private final BlockingQueue<AuditRecord> waiting = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong leftOut = new AtomicLong();
    private final Thread writer;
    private volatile boolean closed;

    /** Guarded by this. */
    private Instant minute = Instant.EPOCH;

    private int nuisances;

    public AuditTrail(AuditStore store) {
        this.store = store;
        this.writer = Thread.ofVirtual().name("audit").start(this::write);
    }

    public void add(AuditRecord record) {
        if ((record.status() == 401 || record.status() == 429) && !hasPlace(record.at())) {
            leftOut.incrementAndGet();
            return;
        }
        try {
            waiting.put(record);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            log.warn("request {} is missing from the audit trail: the node stops", record.requestId());
        }
    }

    private synchronized boolean hasPlace(Instant at) {
        if (Duration.between(minute, at).compareTo(Duration.ofMinutes(1)) >= 0) {
            minute = at;
            nuisances = 0;
        }
        return ++nuisances <= NUISANCES_A_MINUTE;
    }

    /** How many requests of unknown or impatient callers were not written down. */
    public long leftOut() {
        return leftOut.get();
    }

    private void write() {
        var batch = new ArrayList<AuditRecord>();
        while (!closed || !waiting.isEmpty()) {
            try {
                var first = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                waiting.drainTo(batch, AT_A_TIME - 1);
                store.append(batch);
            } catch (InterruptedException ending) {
                closed = true;
            } catch (RuntimeException fault) {
                // The edge of a unit of work: who did it is said in the log at least.
                log.error(
                        "{} requests are missing from the audit trail, from {} on",
                        batch.size(),
                        batch.getFirst().requestId(),
                        fault);
            }
            batch.clear();
        }
    }

    /** Stores what is left to store. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(ENDS_WITHIN);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
