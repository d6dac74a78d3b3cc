package io.isthmus.store.audit;

import io.isthmus.store.Micros;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One request that changed something, tried to, or was refused.
 *
 * @param seq its place in the trail; 0 until it has one
 * @param userId who; empty where the caller did not prove it
 * @param address from where, as the TCP connection says
 * @param route as the contract writes it
 * @param operation the contract's name of what was asked
 * @param resourceId what it was asked of, or what came of it
 * @param code why it was refused; empty if it was not
 * @param hash of this record and of the one before it, in hexadecimal digits; empty until it has a place
 */
public record AuditRecord(
        long seq,
        Instant at,
        String requestId,
        Optional<String> userId,
        Optional<String> projectId,
        List<String> roles,
        boolean systemScope,
        String address,
        String method,
        String route,
        String operation,
        Optional<String> resourceId,
        int status,
        Optional<String> code,
        String hash) {
    public AuditRecord {
        at = Micros.round(at);
        roles = List.copyOf(roles);
    }

    /** A record that has no place in the trail yet. */
    public AuditRecord(
            Instant at,
            String requestId,
            Optional<String> userId,
            Optional<String> projectId,
            List<String> roles,
            boolean systemScope,
            String address,
            String method,
            String route,
            String operation,
            Optional<String> resourceId,
            int status,
            Optional<String> code) {
        this(
                0,
                at,
                requestId,
                userId,
                projectId,
                roles,
                systemScope,
                address,
                method,
                route,
                operation,
                resourceId,
                status,
                code,
                "");
    }

    AuditRecord at(long place, String hashThere) {
        return new AuditRecord(
                place,
                at,
                requestId,
                userId,
                projectId,
                roles,
                systemScope,
                address,
                method,
                route,
                operation,
                resourceId,
                status,
                code,
                hashThere);
    }
}
