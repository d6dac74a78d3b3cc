package io.isthmus.southbound.frr;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.southbound.GatewayWatcher.Seen;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FrrWatcherTest {
    @Test
    void linesAreWhatTheyTell() {
        assertThat(FrrWatcher.seen("looking")).contains(new Seen.Looking());
        assertThat(FrrWatcher.seen("up 50000")).contains(new Seen.Answers(50_000, true));
        assertThat(FrrWatcher.seen("down 50000")).contains(new Seen.Answers(50_000, false));
        assertThat(FrrWatcher.seen("hears 50000")).contains(new Seen.Hears(50_000, true));
        assertThat(FrrWatcher.seen("deaf 50000")).contains(new Seen.Hears(50_000, false));
    }

    @Test
    void aSessionThatIsDownIsANeighbourThatIsNotHeardAndOneInInitIsHeard() {
        var line = """
                links [{"peer":"172.31.3.2","status":"down"},{"peer":"172.31.1.1","status":"init"}]\
                {"peers":{"172.31.3.2":{"remoteAs":65003},"172.31.1.1":{"remoteAs":65001}}}""";
        assertThat(FrrWatcher.seen(line)).contains(new Seen.DeafTo(Set.of(65_003L)));
        var nested = line.replace("{\"peers\":", "{\"ipv4Unicast\":{\"peers\":") + "}";
        assertThat(FrrWatcher.seen(nested)).contains(new Seen.DeafTo(Set.of(65_003L)));
    }

    @Test
    void whatCannotBeReadTellsNothing() {
        for (var line : new String[] {"", "up", "up x", "down 1 2", "links", "links %", "links []", "vtysh: no"}) {
            assertThat(FrrWatcher.seen(line)).as(line).isEmpty();
        }
    }
}
