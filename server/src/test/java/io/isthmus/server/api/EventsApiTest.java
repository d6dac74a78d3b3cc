package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EventsApiTest extends ApiTest {
    @BeforeEach
    void sites() {
        addSites("b", "d");
    }

    /** An open stream and what came over it. */
    private final class Stream implements AutoCloseable {
        private final BufferedReader lines;

        Stream(String path, String... headers) throws Exception {
            var request = HttpRequest.newBuilder(uri(path)).header("Accept", "text/event-stream");
            if (headers.length > 0) {
                request.headers(headers);
            }
            var response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).isEqualTo(": listening");
            lines.readLine();
        }

        /** The next event's lines. */
        List<String> next() throws Exception {
            var event = new ArrayList<String>();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && !event.isEmpty()) {
                    return event;
                }
                if (!line.isEmpty() && !line.startsWith(":")) {
                    event.add(line);
                }
            }
            return event;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    @Test
    void aListenerHearsWhatHappensFromNowOn() throws Exception {
        try (var stream = new Stream("/v1/events")) {
            addSites("e");
            var event = stream.next();
            assertThat(event.get(0)).isEqualTo("id: 3");
            assertThat(event.get(1)).isEqualTo("event: site.created");
            var data = JSON.readTree(event.get(2).substring("data: ".length()));
            assertThat(data.required("resource_id").asString()).isEqualTo("e");
            assertThat(Contract.SERVED.schema("Event").validate(data)).isEmpty();
        }
    }

    @Test
    void aListenerResumesAfterTheLastEventThatItSaw() throws Exception {
        try (var stream = new Stream("/v1/events", "Last-Event-ID", "1")) {
            assertThat(stream.next().getFirst()).isEqualTo("id: 2");
        }
    }

    @Test
    void aProjectHearsItsOwnEventsAndNobodysOnly() throws Exception {
        try (var stream = new Stream("/v1/events?resource_type=connection", "X-Project-Id", "p2")) {
            post("/v1/connections", bToD(), "X-Project-Id", "p1").with(202);
            var mine = bToD().put("name", "mine");
            var id = post("/v1/connections", mine, "X-Project-Id", "p2")
                    .with(202)
                    .text("id");
            assertThat(stream.next().get(2)).contains(id);
        }
    }

    @Test
    void eventsAreListedNewestFirst() {
        addSites("e", "f");
        var page = get("/v1/events?limit=3").with(200).body();
        assertThat(page.at("/events/0/id").asString()).isEqualTo("4");
        var next = get(page.at("/links/0/href").asString()).with(200).body();
        assertThat(next.at("/events/0/id").asString()).isEqualTo("1");
        assertThat(get("/v1/events?sort_dir=asc&marker=1&resource_id=f")
                        .body()
                        .at("/events/0/id")
                        .asString())
                .isEqualTo("4");
        get("/v1/events?marker=x").isProblem(400, "invalid_parameter", "marker");
        get("/v1/events?colour=x").isProblem(400, "invalid_parameter", "colour");
    }

    @Test
    void aStreamEndsWhenTheServerStops() throws Exception {
        try (var stream = new Stream("/v1/events")) {
            server.close();
            assertThat(stream.next()).isEmpty();
        }
    }
}
