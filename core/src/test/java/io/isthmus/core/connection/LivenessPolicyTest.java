package io.isthmus.core.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.connection.Liveness.State;
import io.isthmus.core.connection.LivenessPolicy.DeafLink;
import io.isthmus.core.connection.LivenessPolicy.Sight;
import io.isthmus.core.site.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LivenessPolicyTest {
    private static final SiteId B = new SiteId("b");
    private static final SiteId A = new SiteId("a");
    private static final SiteId D = new SiteId("d");
    private static final Optional<Sight> REPLIED = Optional.of(new Sight(true, Optional.empty()));
    private static final Optional<Sight> SILENT = Optional.of(new Sight(false, Optional.empty()));
    private static final Optional<Sight> HEARS = Optional.of(new Sight(false, Optional.of(true)));
    private static final Optional<Sight> DEAF = Optional.of(new Sight(false, Optional.of(false)));

    @Test
    void repliesBothWaysAreALivingConnection() {
        var sees = decide(REPLIED, REPLIED);
        assertThat(sees.state()).isEqualTo(State.UP);
        assertThat(sees.failing()).isEmpty();
    }

    @Test
    void aCutOfOneDirectionIsDownAndNamesIt() {
        var sees = decide(DEAF, HEARS);
        assertThat(sees.state()).isEqualTo(State.DOWN);
        assertThat(sees.localToRemote()).isEqualTo(State.UP);
        assertThat(sees.remoteToLocal()).isEqualTo(State.DOWN);
        assertThat(sees.failing()).containsExactly("nothing arrives from d at b");
    }

    @Test
    void aLinkThatIsNotHeardIsNamedWithItsDirection() {
        var sees = decide(DEAF, HEARS, new DeafLink(B, A), new DeafLink(A, new SiteId("c")));
        assertThat(sees.failing())
                .containsExactly("link b-a: nothing arrives from a at b", "nothing arrives from d at b");
    }

    @Test
    void beforeAGatewayToldWhatItHearsItIsDownAndTheDirectionUnknown() {
        var sees = decide(SILENT, SILENT);
        assertThat(sees.state()).isEqualTo(State.DOWN);
        assertThat(sees.localToRemote()).isEqualTo(State.UNKNOWN);
        assertThat(decide(SILENT, REPLIED).localToRemote()).isEqualTo(State.UP);
    }

    @Test
    void whereAGatewayDoesNotTellNothingIsKnown() {
        var sees = decide(REPLIED, Optional.empty());
        assertThat(sees.state()).isEqualTo(State.UNKNOWN);
        assertThat(sees.failing()).containsExactly("the gateway of site d does not tell");
    }

    private static Liveness decide(Optional<Sight> local, Optional<Sight> remote, DeafLink... links) {
        return LivenessPolicy.decide(List.of(B, A, D), local, remote, Set.of(links), Instant.EPOCH);
    }
}
