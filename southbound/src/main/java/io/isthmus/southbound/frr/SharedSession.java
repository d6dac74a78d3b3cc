package io.isthmus.southbound.frr;

import org.apache.sshd.client.session.ClientSession;

/** A session that ends when it is retired and nobody is in it any more. */
final class SharedSession {
    private final ClientSession session;

    /** Guarded by this. */
    private int users;

    private boolean retired;

    SharedSession(ClientSession session) {
        this.session = session;
    }

    synchronized boolean usable() {
        return !retired && session.isOpen() && session.isAuthenticated();
    }

    /** Answers whether the session may still be used; if so, {@link #leave} must follow. */
    synchronized boolean enter() {
        if (!usable()) {
            return false;
        }
        users++;
        return true;
    }

    synchronized void leave() {
        users--;
        endIfDone();
    }

    /** Nobody enters any more. */
    synchronized void retire() {
        retired = true;
        endIfDone();
    }

    ClientSession session() {
        return session;
    }

    private void endIfDone() {
        if (retired && users == 0) {
            session.close(true);
        }
    }
}
