package io.isthmus.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** A write under way, and what is to be done once it is durable. */
public final class Transaction {
    private final Handle sql;
    private final List<Runnable> afterCommit;

    Transaction(Handle sql, List<Runnable> afterCommit) {
        this.sql = sql;
        this.afterCommit = afterCommit;
    }

    public Handle sql() {
        return sql;
    }

    public void afterCommit(Runnable work) {
        afterCommit.add(work);
    }
}
