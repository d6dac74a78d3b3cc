package io.isthmus.southbound.openstack;

import io.isthmus.core.site.Cloud;
import io.isthmus.southbound.Credential;
import io.isthmus.southbound.Credentials;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gives sessions and keeps each one until shortly before its token expires. For one Keystone and credential there is one
 * request at a time: whoever waits for it shares its result, its failure included.
 */
final class Keystone {
    /** So long nobody asks for a catalogue again that lacks something. */
    private static final Duration CATALOGUE_HOLDS = Duration.ofSeconds(20);

    private final TokenDesk desk;
    private final Credentials credentials;
    private final OpenStackOptions options;
    private final InstantSource clock;
    private final Map<Door, Keeper> keepers = new ConcurrentHashMap<>();

    Keystone(
            HttpClients clients,
            Credentials credentials,
            OpenStackOptions options,
            InstantSource clock,
            InstantSource dates) {
        this.desk = new TokenDesk(clients, clock, dates);
        this.credentials = credentials;
        this.options = options;
        this.clock = clock;
    }

    /** A Keystone, which of the node's credentials opens it, and whom to trust on the way. */
    record Door(URI authUrl, String credentialId, Optional<String> caCertificate) {}

    /** A session that should still be good. */
    Session session(Cloud cloud, Deadline deadline) throws NotDone, InterruptedException {
        return session(door(cloud), deadline);
    }

    Session session(Door door, Deadline deadline) throws NotDone, InterruptedException {
        return keeper(door).session(credential(door), deadline);
    }

    /** A new token, whatever is held: whether the credential opens this Keystone now. */
    TokenDesk.Fresh fresh(Cloud cloud, Deadline deadline) throws NotDone, InterruptedException {
        var door = door(cloud);
        return desk.fresh(door, credential(door), deadline);
    }

    /** Drops a session that Neutron refused, so that the next one is new. */
    void drop(Cloud cloud, Session refused) {
        drop(door(cloud), refused);
    }

    void drop(Door door, Session refused) {
        keeper(door).drop(refused);
    }

    /**
     * A session's address of something. A catalogue is as old as the token that it came with: where it has not what is looked
     * for, a new one is asked for, if it is not that new itself.
     */
    Addressed addressed(Cloud cloud, Session session, Lookup lookup, Deadline deadline)
            throws NotDone, InterruptedException {
        try {
            return new Addressed(session, lookup.in(session.catalogue()));
        } catch (NotDone missing) {
            if (clock.instant().isBefore(session.askedAt().plus(CATALOGUE_HOLDS))) {
                throw missing;
            }
        }
        drop(cloud, session);
        var fresh = session(cloud, deadline);
        return new Addressed(fresh, lookup.in(fresh.catalogue()));
    }

    /** How an address is found in a catalogue. */
    @FunctionalInterface
    interface Lookup {
        URI in(Catalogue catalogue) throws NotDone;
    }

    record Addressed(Session session, URI url) {}

    private static Door door(Cloud cloud) {
        return new Door(cloud.authUrl(), cloud.credentialId(), cloud.caCertificate());
    }

    private Keeper keeper(Door door) {
        return keepers.computeIfAbsent(door, Keeper::new);
    }

    private Credential credential(Door door) throws NotDone {
        return credentials
                .find(door.credentialId())
                .orElseThrow(() -> NotDone.refused(
                        "credential_missing",
                        "this node holds no credential named " + door.credentialId(),
                        "Add the credential to this node's configuration, or correct the site's credential_id."));
    }

    private record Held(Credential credential, Session session) {}

    /** How the latest request for a token went. */
    private record Attempt(long number, @Nullable NotDone failure) {}

    /** Keeps the session of one door. */
    private final class Keeper {
        private final Door door;
        private final ReentrantLock asking = new ReentrantLock();
        private volatile @Nullable Held held;
        private volatile Attempt last = new Attempt(0, null);

        Keeper(Door door) {
            this.door = door;
        }

        Session session(Credential credential, Deadline deadline) throws NotDone, InterruptedException {
            var before = last;
            var good = goodSession(credential);
            if (good != null) {
                return good;
            }
            if (!asking.tryLock(deadline.left(options.callTimeout()).toNanos(), TimeUnit.NANOSECONDS)) {
                throw TokenDesk.unreachable(door, "has not answered another call for a token in all this time");
            }
            try {
                var given = goodSession(credential);
                if (given != null) {
                    return given;
                }
                var failure = last.failure();
                if (last.number() != before.number() && failure != null) {
                    throw failure;
                }
                return ask(credential, deadline);
            } finally {
                asking.unlock();
            }
        }

        void drop(Session refused) {
            var current = held;
            if (current != null && current.session().equals(refused)) {
                held = null;
            }
        }

        private @Nullable Session goodSession(Credential credential) {
            var current = held;
            return current != null
                            && current.credential().equals(credential)
                            && clock.instant().isBefore(current.session().usableUntil())
                    ? current.session()
                    : null;
        }

        private Session ask(Credential credential, Deadline deadline) throws NotDone, InterruptedException {
            try {
                var session = desk.ask(door, credential, deadline);
                held = new Held(credential, session);
                last = new Attempt(last.number() + 1, null);
                return session;
            } catch (NotDone notDone) {
                last = new Attempt(last.number() + 1, notDone);
                throw notDone;
            }
        }
    }
}
