package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.request.RequestId;
import io.isthmus.store.operation.OperationStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.slf4j.MDC;

/**
 * Reconciles under the id of the request that caused the operation under way: it is in the log lines, and clouds are told it.
 * What nobody asked for, such as the repair of drift, has none.
 */
final class UnderRequest<K> implements Reconciler<K> {
    private static final String LOGGED_AS = "request_id";

    private final OperationStore operations;
    private final Function<K, ConnectionId> connection;
    private final Reconciler<K> inner;

    UnderRequest(OperationStore operations, Function<K, ConnectionId> connection, Reconciler<K> inner) {
        this.operations = operations;
        this.connection = connection;
        this.inner = inner;
    }

    @Override
    public Result reconcile(K key) throws InterruptedException {
        return run(operations.requestOf(connection.apply(key)), () -> inner.reconcile(key));
    }

    /** A piece of work that may be interrupted and throws nothing else that is checked. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws InterruptedException;
    }

    private static <T> T run(Optional<String> request, Work<T> work) throws InterruptedException {
        if (request.isEmpty()) {
            return work.run();
        }
        MDC.put(LOGGED_AS, request.get());
        try {
            return ScopedValue.where(RequestId.CURRENT, request.get()).call(work::run);
        } finally {
            MDC.remove(LOGGED_AS);
        }
    }

    /** The same work for another thread, under this thread's request. */
    static <T> Callable<T> carriedOver(Callable<T> work) {
        var request = RequestId.find();
        var logged = Optional.ofNullable(MDC.getCopyOfContextMap()).orElse(Map.of());
        if (request.isEmpty()) {
            return work;
        }
        return () -> {
            MDC.setContextMap(logged);
            return ScopedValue.where(RequestId.CURRENT, request.get()).call(work::call);
        };
    }
}
