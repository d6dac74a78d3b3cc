package io.isthmus.server.api;

import io.isthmus.store.Json;
import io.isthmus.store.event.Event;
import io.isthmus.store.event.EventStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/events}: the stream of what changed, live (server-sent events, WHATWG HTML section 9.2) or as a list. */
final class EventsApi {
    static final int MOST_STREAMS = 200;
    private static final int AT_A_TIME = 200;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Set<String> FIELDS =
            Set.of("id", "at", "kind", "resource_type", "resource_id", "project_id", "revision", "data");

    private final EventStore events;
    private final Authentication authentication;
    private final Places places;

    EventsApi(EventStore events, Authentication authentication, ApiLimits limits) {
        this.events = events;
        this.authentication = authentication;
        this.places = new Places("event streams", MOST_STREAMS, limits.streamsPerCaller());
    }

    void addTo(Routes routes) {
        routes.getOrStream("/v1/events", this::stream, this::list);
    }

    /** Newest first, unless asked otherwise. */
    private Reply list(Request request) {
        var marker = request.query("marker").map(EventsApi::place);
        var newestFirst = Lists.isDescending(request, "desc");
        if (!request.query("sort_key").orElse("id").equals("id")) {
            throw Request.wrongParameter("sort_key", "events are sorted by id");
        }
        var filters = Lists.filters(request, EventStore.listFields());
        var caller = RequestScope.currentCaller();
        var found = events.list(
                marker.map(OptionalLong::of).orElse(OptionalLong.empty()),
                Lists.limit(request) + 1,
                newestFirst,
                caller.systemScope() ? Optional.empty() : Optional.of(caller.projectId()),
                filters);
        var limit = Lists.limit(request);
        var page = found.subList(0, Math.min(limit, found.size()));
        var wanted = Lists.wantedFields(request, FIELDS);
        var body = Json.MAPPER.createObjectNode();
        var items = body.putArray("events");
        page.forEach(event -> {
            var document = view(event);
            items.add(wanted.map(document::retain).orElse(document));
        });
        Lists.addLinks(
                body,
                "events",
                request,
                found.size() > limit ? Optional.of(Long.toString(page.getLast().seq())) : Optional.empty());
        return Reply.ok(body);
    }

    private boolean stream(Request request) throws IOException, InterruptedException {
        if (!request.header("Accept").orElse("").contains("text/event-stream")) {
            return false;
        }
        var filters = Lists.filters(request, EventStore.listFields());
        var last = request.header("Last-Event-ID").map(EventsApi::place).orElseGet(events::last);
        try (var _ = places.take(RequestScope.currentCaller())) {
            var response = request.context().res();
            response.setStatus(200);
            response.setContentType("text/event-stream");
            response.setCharacterEncoding("utf-8");
            response.setHeader("X-Accel-Buffering", "no");
            follow(response.getOutputStream(), last, filters, request);
        } catch (IOException clientIsGone) {
            // Nobody is left to be told.
        }
        return true;
    }

    /** Until the client goes, the server stops, or the client's token does not hold any more. */
    private void follow(OutputStream out, long from, Map<String, String> filters, Request request)
            throws IOException, InterruptedException {
        send(out, ": listening\n\n");
        var last = from;
        var oldest = events.first();
        if (oldest.isPresent() && from + 1 < oldest.get()) {
            send(out, "event: stream.gap\ndata: {\"oldest\":\"%d\"}\n\n".formatted(oldest.get()));
        }
        while (!events.isClosed()) {
            var isThere = events.awaitAfter(last, HEARTBEAT);
            var caller = callerNow(request);
            if (caller.isEmpty()) {
                send(out, ": the token does not hold any more, or Keystone cannot be asked\n\n");
                return;
            }
            if (!isThere) {
                send(out, ": alive\n\n");
                continue;
            }
            for (var event : events.after(last, AT_A_TIME)) {
                last = event.seq();
                if (isVisible(event, caller.get()) && Scalars.matchAll(view(event), filters)) {
                    send(
                            out,
                            "id: %d\nevent: %s\ndata: %s\n\n"
                                    .formatted(event.seq(), event.kind(), Json.write(view(event))));
                }
            }
        }
    }

    private Optional<Caller> callerNow(Request request) {
        try {
            var caller = authentication.authenticate(request::header);
            Policy.LIST_EVENTS.check(caller);
            return Optional.of(caller);
        } catch (Problem gone) {
            return Optional.empty();
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** What belongs to nobody is shown to everybody. */
    private static boolean isVisible(Event event, Caller caller) {
        return event.project().map(caller::sees).orElse(true);
    }

    private static long place(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw Request.wrongParameter("marker", "the id of an event is a number: " + text);
        }
        return Long.parseLong(text);
    }

    private static ObjectNode view(Event event) {
        var document = Json.MAPPER.createObjectNode();
        document.put("id", Long.toString(event.seq()));
        document.put("at", event.at().toString());
        document.put("kind", event.kind());
        document.put("resource_type", event.resourceType());
        document.put("resource_id", event.resourceId());
        document.put("project_id", event.project().orElse(null));
        document.put("revision", event.revision());
        document.set("data", Json.MAPPER.valueToTree(event.data()));
        return document;
    }
}
