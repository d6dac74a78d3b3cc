package io.isthmus.server.webhook;

import io.isthmus.server.credential.Vault;
import io.isthmus.store.ListQuery;
import io.isthmus.store.event.Event;
import io.isthmus.store.event.EventStore;
import io.isthmus.store.webhook.Webhook;
import io.isthmus.store.webhook.WebhookStore;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to webhooks: one thread for each, which goes through the stream in order and does not go on before an event
 * is taken or given up. How far it is, is stored, so that after a restart it goes on there; what was taken just before may
 * then be sent once more. Nobody waits for it.
 */
public final class Courier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final int AT_A_TIME = 100;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    /** After an event was given up the next ones are tried so often only, until one is taken. */
    private static final int ATTEMPTS_WHEN_DOWN = 2;

    private final WebhookStore webhooks;
    private final EventStore events;
    private final Optional<Vault> vault;
    private final Sending sending;
    private final WebhookSettings settings;
    private final InstantSource clock;
    private final DoubleSupplier random;
    private final Map<UUID, Round> rounds = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public Courier(
            WebhookStore webhooks,
            EventStore events,
            Optional<Vault> vault,
            AllowedAddresses allowed,
            WebhookSettings settings,
            InstantSource clock,
            DoubleSupplier random) {
        this.webhooks = webhooks;
        this.events = events;
        this.vault = vault;
        this.sending = new Sending(allowed, clock);
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** Whose a webhook's secret is, for the vault. */
    public static String owner(UUID id) {
        return "webhook/" + id;
    }

    /** Goes on with every webhook. */
    public void start() {
        webhooks.list(ListQuery.ALL).forEach(stored -> wake(stored.value().id()));
    }

    /** Looks at a webhook at once: it is new, changed, or wants dead letters. */
    public void wake(UUID id) {
        if (closed) {
            return;
        }
        rounds.compute(id, (key, known) -> {
            if (known != null && known.thread.isAlive()) {
                known.woken.release();
                return known;
            }
            return new Round(key);
        });
    }

    /** One webhook's way through the stream. */
    private final class Round {
        private final UUID id;
        private final Semaphore woken = new Semaphore(0);
        private final Thread thread;
        private boolean isDown;

        Round(UUID id) {
            this.id = id;
            this.thread = Thread.ofVirtual().name("webhook " + id).start(this::go);
        }

        private void go() {
            try {
                while (!closed && look()) {
                    // Once more.
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }

        /** Answers whether to go on: it is there. */
        private boolean look() throws InterruptedException {
            try {
                var found = webhooks.find(id);
                var progress = webhooks.progress(id);
                if (found.isEmpty() || progress.isEmpty()) {
                    return false;
                }
                var webhook = found.get().value();
                if (!webhook.adminStateUp()) {
                    pause(LOOK_AGAIN);
                    return true;
                }
                raiseTheDead(webhook);
                var seq = progress.get().deliveredSeq();
                var batch = events.after(seq, AT_A_TIME);
                if (batch.isEmpty()) {
                    if (!woken.tryAcquire()) {
                        events.awaitAfter(seq, LOOK_AGAIN);
                    }
                    return !events.isClosed();
                }
                for (var event : batch) {
                    if (!webhook.wants(event)) {
                        continue;
                    }
                    if (!deliver(found.get().revision(), webhook, event)) {
                        return true;
                    }
                }
                webhooks.delivered(id, batch.getLast().seq(), Optional.empty());
                return true;
            } catch (RuntimeException fault) {
                if (closed) {
                    return false;
                }
                // The edge of a unit of work: it looks again later.
                log.error("webhook {} failed unexpectedly", id, fault);
                pause(LOOK_AGAIN);
                return true;
            }
        }

        /** Answers whether to go on with the next event; false if the webhook has changed meanwhile. */
        private boolean deliver(long revision, Webhook webhook, Event event) throws InterruptedException {
            var most = isDown ? Math.min(ATTEMPTS_WHEN_DOWN, settings.attempts()) : settings.attempts();
            for (int attempt = 1; ; attempt++) {
                var error = send(webhook, event);
                if (error.isEmpty()) {
                    if (isDown) {
                        log.info("webhook {} takes events again", id);
                    }
                    isDown = false;
                    webhooks.delivered(id, event.seq(), Optional.of(clock.instant()));
                    return true;
                }
                if (attempt >= most) {
                    if (!isDown) {
                        log.warn("webhook {} does not take events: {}", id, error.get());
                    }
                    isDown = true;
                    webhooks.bury(id, event, attempt, error.get(), clock.instant());
                    return true;
                }
                webhooks.failed(id, error.get());
                pause(settings.pause(attempt, random.getAsDouble()));
                var now = webhooks.find(id);
                if (closed || now.isEmpty() || now.get().revision() != revision) {
                    return false;
                }
            }
        }

        private void raiseTheDead(Webhook webhook) throws InterruptedException {
            long place = 0;
            while (!closed) {
                var letters = webhooks.deadLetters(id, place, AT_A_TIME);
                for (var letter : letters) {
                    place = letter.event().seq();
                    if (letter.wanted()) {
                        var error = send(webhook, letter.event());
                        if (error.isEmpty()) {
                            webhooks.risen(id, place, clock.instant());
                        } else {
                            webhooks.stillDead(id, place, error.get(), clock.instant());
                        }
                    }
                }
                if (letters.size() < AT_A_TIME) {
                    return;
                }
            }
        }

        private Optional<String> send(Webhook webhook, Event event) throws InterruptedException {
            if (vault.isEmpty()) {
                return Optional.of("this node has no --credential-key to open its secret");
            }
            try {
                var secret = vault.get().unseal(owner(id), webhook.sealed()).get("secret");
                return secret == null
                        ? Optional.of("it has no secret")
                        : sending.send(URI.create(webhook.url()), secret, event, settings.answerWithin());
            } catch (Vault.DoesNotOpen wrongKey) {
                return Optional.of(String.valueOf(wrongKey.getMessage()));
            }
        }

        private void pause(Duration duration) throws InterruptedException {
            if (woken.tryAcquire(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                woken.drainPermits();
            }
        }
    }

    /** Ends what is under way; it is sent again after the next start. */
    @Override
    public void close() {
        closed = true;
        rounds.values().forEach(round -> round.thread.interrupt());
        rounds.values().forEach(round -> {
            try {
                round.thread.join(Duration.ofSeconds(2));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        sending.close();
    }
}
