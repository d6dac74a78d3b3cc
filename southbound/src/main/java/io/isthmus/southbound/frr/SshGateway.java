package io.isthmus.southbound.frr;

import io.isthmus.southbound.Credential;
import io.isthmus.southbound.Credentials;
import io.isthmus.southbound.frr.GatewayShell.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The standing session with one gateway. Whoever needs it first connects; others wait for the same attempt. A session in
 * which a script got no answer is left to the scripts that still run in it, and new ones get another.
 */
final class SshGateway {
    private static final Logger LOG = LoggerFactory.getLogger(SshGateway.class);
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final Target target;
    private final SshClient client;
    private final Credentials credentials;
    private final FrrLimits limits;
    private final Semaphore channels;

    /** Guarded by this. */
    private @Nullable CompletableFuture<Connected> current;

    SshGateway(Target target, SshClient client, Credentials credentials, FrrLimits limits) {
        this.target = target;
        this.client = client;
        this.credentials = credentials;
        this.limits = limits;
        this.channels = new Semaphore(limits.channels(), true);
    }

    /** A session, or why there is none. */
    private sealed interface Connected {
        record Session(SharedSession session, Credential.SshKey key) implements Connected {}

        record Failed(Answer answer) implements Connected {}
    }

    Answer run(String command, Duration limit, Consumer<String> line) throws InterruptedException {
        if (!channels.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return new Answer.Unreachable(Failures.busy(target));
        }
        try {
            return runInSession(command, limit, line);
        } finally {
            channels.release();
        }
    }

    /** A session may turn out to be gone when a channel is opened; then nothing was sent, and a new one is tried once. */
    private Answer runInSession(String command, Duration limit, Consumer<String> line) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            switch (connected()) {
                case Connected.Failed(var answer) -> {
                    return answer;
                }
                case Connected.Session(var session, var _) -> {
                    var execution = new SshExecution(target, session, limits.outputBytes());
                    var answer = execution.run(command, limit, line);
                    if (answer.isPresent()) {
                        return answer.get();
                    }
                    if (attempt == 2) {
                        return new Answer.Unreachable(Failures.unreachable(target, "its session ended"));
                    }
                }
            }
        }
    }

    private Connected connected() throws InterruptedException {
        var attempt = attempt();
        var patience = limits.connect().plus(limits.authentication()).plus(SLACK);
        try {
            return attempt.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Connected.Failed(new Answer.Unreachable(
                    Failures.unreachable(target, "no session after " + patience.toSeconds() + " s")));
        } catch (ExecutionException e) {
            throw new IllegalStateException("connecting to " + target, e.getCause());
        }
    }

    private synchronized CompletableFuture<Connected> attempt() {
        var known = current;
        if (known != null && usable(known)) {
            return known;
        }
        var attempt = new CompletableFuture<Connected>();
        current = attempt;
        Thread.ofVirtual().name("connect " + target.gateway()).start(() -> {
            try {
                attempt.complete(connect());
            } catch (RuntimeException e) {
                attempt.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                attempt.completeExceptionally(e);
            }
        });
        return attempt;
    }

    private boolean usable(CompletableFuture<Connected> attempt) {
        if (!attempt.isDone()) {
            return true;
        }
        if (attempt.isCompletedExceptionally()
                || !(attempt.getNow(null) instanceof Connected.Session(var session, var key))
                || !session.usable()) {
            return false;
        }
        // Once its key was replaced, a session serves who is in it and nobody else.
        var isCurrent = credentials
                .find(target.management().credentialId())
                .filter(key::equals)
                .isPresent();
        if (!isCurrent) {
            session.retire();
        }
        return isCurrent;
    }

    /** Connects, and ends the session again. */
    Answer knock() throws InterruptedException {
        return switch (connect()) {
            case Connected.Session(var session, var _) -> {
                session.retire();
                yield new Answer.Ended(0, "", "");
            }
            case Connected.Failed(var answer) -> answer;
        };
    }

    private Connected connect() throws InterruptedException {
        var management = target.management();
        if (!(credentials.find(management.credentialId()).orElse(null) instanceof Credential.SshKey key)) {
            return new Connected.Failed(new Answer.Refused(Failures.credentialUnknown(target)));
        }
        List<KeyPair> pairs;
        try {
            pairs = pairs(key);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return new Connected.Failed(new Answer.Refused(Failures.credentialUnreadable(target)));
        }
        var check = new HostKeyCheck(management);
        ClientSession session = null;
        try {
            session = client.connect(management.username(), management.host(), management.port(), check.context(), null)
                    .verify(limits.connect())
                    .getClientSession();
            pairs.forEach(session::addPublicKeyIdentity);
            return authenticated(session, key);
        } catch (IOException e) {
            if (session != null) {
                session.close(true);
            }
            // Keys may have been compared before the session was handed out: then it is connecting that failed.
            var mismatch = check.mismatch();
            if (mismatch.isPresent()) {
                return new Connected.Failed(new Answer.Refused(Failures.hostKeyMismatch(target, mismatch.get())));
            }
            return new Connected.Failed(new Answer.Unreachable(
                    Failures.unreachable(target, Failures.lastLine("" + e.getMessage(), "no reason"))));
        }
    }

    /** The host key is checked on the way: until then nothing of the credential is used. */
    private Connected authenticated(ClientSession session, Credential.SshKey key) throws IOException {
        var future = session.auth();
        try {
            future.verify(limits.authentication());
        } catch (IOException e) {
            session.close(true);
            if (future.isDone() && ("" + e.getMessage()).contains("No more authentication methods")) {
                return new Connected.Failed(new Answer.Refused(Failures.keyRefused(target)));
            }
            throw e;
        }
        LOG.info("session with {}", target);
        return new Connected.Session(new SharedSession(session), key);
    }

    private static List<KeyPair> pairs(Credential.SshKey key) throws IOException, GeneralSecurityException {
        var passwords = key.passphrase().map(FilePasswordProvider::of).orElse(FilePasswordProvider.EMPTY);
        var text = new ByteArrayInputStream(key.privateKey().getBytes(StandardCharsets.UTF_8));
        var pairs = new ArrayList<KeyPair>();
        var found = SecurityUtils.loadKeyPairIdentities(null, () -> "credential", text, passwords);
        if (found != null) {
            found.forEach(pairs::add);
        }
        if (pairs.isEmpty()) {
            throw new IOException("no key in it");
        }
        return pairs;
    }
}
