package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.request.RequestId;
import io.isthmus.core.request.TraceParent;
import io.isthmus.southbound.Traced;
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

    private final String what;
    private final OperationStore operations;
    private final Function<K, ConnectionId> connection;
    private final Reconciler<K> inner;

    /** @param what is reconciled, for those who read traces */
    UnderRequest(String what, OperationStore operations, Function<K, ConnectionId> connection, Reconciler<K> inner) {
        this.what = what;
        this.operations = operations;
        this.connection = connection;
        this.inner = inner;
    }

    @Override
    public Result reconcile(K key) throws InterruptedException {
        var origin = operations.originOf(connection.apply(key));
        if (origin.isEmpty()) {
            return inner.reconcile(key);
        }
        MDC.put(LOGGED_AS, origin.get().requestId());
        try {
            return ScopedValue.where(RequestId.CURRENT, origin.get().requestId())
                    .call(() -> traced(key, origin.get().traceParent()));
        } finally {
            MDC.remove(LOGGED_AS);
        }
    }

    private Result traced(K key, Optional<String> parent) throws InterruptedException {
        if (parent.isEmpty()) {
            return inner.reconcile(key);
        }
        return ScopedValue.where(TraceParent.CURRENT, parent.get()).call(() -> {
            try (var traced = Traced.work("reconcile " + what, Map.of("isthmus.resource", key.toString()))) {
                return ScopedValue.where(
                                TraceParent.CURRENT, traced.traceParent().orElse(parent.get()))
                        .call(() -> inner.reconcile(key));
            }
        });
    }

    /** The same work for another thread, under this thread's request. */
    static <T> Callable<T> carriedOver(Callable<T> work) {
        var request = RequestId.find();
        var trace = TraceParent.find();
        var logged = Optional.ofNullable(MDC.getCopyOfContextMap()).orElse(Map.of());
        if (request.isEmpty()) {
            return work;
        }
        return () -> {
            MDC.setContextMap(logged);
            var scope = ScopedValue.where(RequestId.CURRENT, request.get());
            return trace.map(parent -> scope.where(TraceParent.CURRENT, parent))
                    .orElse(scope)
                    .call(work::call);
        };
    }
}
