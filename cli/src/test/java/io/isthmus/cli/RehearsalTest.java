package io.isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RehearsalTest {
    /** Where it does not, the class cache lacks what came after, and nobody would notice but by waiting longer. */
    @Test
    void whatIsRehearsedWorks() throws IOException {
        assertThat(Rehearsal.play()).isTrue();
    }
}
