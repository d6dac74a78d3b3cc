package io.isthmus.server.keystone;

import io.isthmus.server.api.Authentication;
import io.isthmus.server.api.Caller;
import io.isthmus.server.api.Problem;
import io.isthmus.server.api.ProblemCode;
import io.isthmus.southbound.Credentials;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.openstack.OpenStackOptions;
import io.isthmus.southbound.openstack.TokenBearer;
import io.isthmus.southbound.openstack.TokenBearer.Scope;
import io.isthmus.southbound.openstack.TokenValidator;
import io.isthmus.southbound.openstack.TokenValidator.Answer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Callers are known by the Keystone token in {@code X-Auth-Token}. What Keystone says of a token is remembered for a short
 * time; until then a token that was revoked still works.
 */
public final class KeystoneAuthentication implements Authentication, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeystoneAuthentication.class);
    /** A caller does not wait long for a Keystone that does not answer. */
    private static final OpenStackOptions OPTIONS = OpenStackOptions.DEFAULTS
            .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(8))
            .withReadRetries(2, Duration.ofMillis(100));

    private static final int MOST_AT_A_TIME = 32;

    private final KeystoneSettings settings;
    private final Consumer<String> answers;
    private final TokenValidator validator;
    private final TokenMemory memory;
    private final Semaphore places = new Semaphore(MOST_AT_A_TIME);
    private final AtomicBoolean isAnswering = new AtomicBoolean(true);

    public KeystoneAuthentication(KeystoneSettings settings, Credentials credentials, InstantSource clock) {
        this(settings, credentials, clock, answer -> {});
    }

    /** Makes one that tells {@code answers} what came of each question: accepted, refused or unanswered. */
    public KeystoneAuthentication(
            KeystoneSettings settings, Credentials credentials, InstantSource clock, Consumer<String> answers) {
        this.answers = answers;
        if (credentials.find(settings.credentialId()).isEmpty()) {
            throw new IllegalArgumentException("there is no credential " + settings.credentialId()
                    + ", by which tokens should be validated at " + settings.url());
        }
        this.settings = settings;
        this.validator = new TokenValidator(settings.url(), settings.credentialId(), credentials, OPTIONS, clock);
        this.memory = new TokenMemory(settings.rememberedFor(), clock);
    }

    @Override
    public Caller authenticate(Headers headers) {
        var token = headers.find("X-Auth-Token")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new Problem.Unauthorized("the request has no X-Auth-Token"));
        try {
            return switch (memory.answer(token, this::ask)) {
                case Answer.Known(var bearer) -> caller(bearer);
                case Answer.Refused() ->
                    throw new Problem.Unauthorized("Keystone does not know this token, or not any more");
                case Answer.NotAnswered(var failure) ->
                    throw new Problem.Unavailable(ProblemCode.KEYSTONE_UNAVAILABLE, failure.detail(), failure.hint());
            };
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Problem.Unavailable("the server is stopping");
        }
    }

    /** Where a token is to be had, as keystonemiddleware says it. */
    @Override
    public Optional<String> challenge() {
        return Optional.of("Keystone uri='" + settings.url() + "'");
    }

    private Answer ask(String token) throws InterruptedException {
        if (!places.tryAcquire(OPTIONS.callTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
            return new Answer.NotAnswered(new Failure(
                    "keystone_busy",
                    "too many tokens wait to be validated",
                    "Ask again; if that does not help, see whether Keystone is slow."));
        }
        try {
            var answer = validator.validate(token);
            tell(answer);
            answers.accept(
                    switch (answer) {
                        case Answer.Known _ -> "accepted";
                        case Answer.Refused _ -> "refused";
                        case Answer.NotAnswered _ -> "unanswered";
                    });
            return answer;
        } finally {
            places.release();
        }
    }

    /** One line when Keystone stops to answer, and one when it answers again. */
    private void tell(Answer answer) {
        if (answer instanceof Answer.NotAnswered(var failure)) {
            if (isAnswering.compareAndSet(true, false)) {
                LOG.warn("tokens cannot be validated: {}. {}", failure.detail(), failure.hint());
            }
        } else if (isAnswering.compareAndSet(false, true)) {
            LOG.info("tokens are validated again at {}", settings.url());
        }
    }

    private static Caller caller(TokenBearer bearer) {
        return switch (bearer.scope()) {
            case Scope.Project(var id) -> new Caller(id, bearer.userId(), bearer.roles(), false);
            case Scope.Everything() -> new Caller("", bearer.userId(), bearer.roles(), true);
            case Scope.Domain _ -> throw wrongScope("the token is scoped to a domain, which nothing here belongs to");
            case Scope.Nothing() -> throw wrongScope("the token has no scope, so it has no roles");
        };
    }

    private static Problem wrongScope(String detail) {
        return new Problem.Forbidden(
                ProblemCode.WRONG_SCOPE,
                detail,
                "get a token of a project (OS_PROJECT_NAME), or as an administrator one of the system (OS_SYSTEM_SCOPE=all)");
    }

    @Override
    public void close() {
        validator.close();
    }
}
