package io.isthmus.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ClaimTest {
    private static final Claim MEMBER = new Claim("p1", false);

    @Test
    void aProjectJoinsWhatIsItsOwn() {
        assertThat(MEMBER.covers("p1", List.of())).isTrue();
        assertThat(MEMBER.covers("p2", List.of())).isFalse();
    }

    @Test
    void itJoinsWhatTheOwnerLetsExactlyThisProjectJoin() {
        assertThat(MEMBER.covers("p2", List.of("web", "isthmus-project=p1"))).isTrue();
        for (var tag :
                List.of("isthmus-project=p11", "isthmus-project=", "isthmus-project=p2", "p1", "ISTHMUS-PROJECT=p1")) {
            assertThat(MEMBER.covers("p2", List.of(tag))).as(tag).isFalse();
        }
    }

    @Test
    void anAdministratorJoinsAnybodys() {
        assertThat(new Claim("p1", true).covers("p2", List.of())).isTrue();
    }

    @Test
    void whatBelongsToNobodyIsNotTheirsWhoHaveNoProject() {
        assertThat(new Claim("", false).covers("", List.of())).isFalse();
    }
}
