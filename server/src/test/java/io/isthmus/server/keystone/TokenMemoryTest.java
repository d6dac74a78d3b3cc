package io.isthmus.server.keystone;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.southbound.openstack.TokenBearer;
import io.isthmus.southbound.openstack.TokenValidator.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TokenMemoryTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Answer KNOWN = new Answer.Known(
            new TokenBearer("u", new TokenBearer.Scope.Project("p"), Set.of("member"), NOON.plus(Duration.ofHours(1))));

    private final TokenMemory memory = new TokenMemory(Duration.ofSeconds(60), InstantSource.fixed(NOON));

    @Test
    void itIsBounded() throws Exception {
        for (int token = 0; token < TokenMemory.MOST_KNOWN + 500; token++) {
            memory.answer("k" + token, any -> KNOWN);
        }
        for (int token = 0; token < TokenMemory.MOST_REFUSED + 500; token++) {
            memory.answer("r" + token, any -> new Answer.Refused());
        }
        assertThat(memory.size()).isEqualTo(TokenMemory.MOST_KNOWN + TokenMemory.MOST_REFUSED);
    }

    @Test
    void guessesDoNotPushOutCallers() throws Exception {
        var questions = new AtomicInteger();
        memory.answer("caller", any -> KNOWN);
        for (int guess = 0; guess < 20_000; guess++) {
            memory.answer("guess" + guess, any -> new Answer.Refused());
        }
        memory.answer("caller", any -> {
            questions.incrementAndGet();
            return KNOWN;
        });
        assertThat(questions).hasValue(0);
    }
}
