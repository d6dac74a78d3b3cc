package io.isthmus.server.api;

import io.isthmus.server.webhook.Courier;
import io.isthmus.store.Json;
import io.isthmus.store.Stored;
import io.isthmus.store.event.EventStore;
import io.isthmus.store.webhook.Webhook;
import io.isthmus.store.webhook.WebhookStore;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/webhooks}: who is told of events, and what they did not take. */
final class WebhooksApi {
    static final int MOST_OF_AN_OWNER = 20;
    private static final Logger LOG = LoggerFactory.getLogger(WebhooksApi.class);
    private static final int SHORTEST_SECRET = 24;
    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "project_id",
            "delivered_event_id",
            "last_error",
            "last_success_at",
            "created_at",
            "updated_at",
            "revision");
    private static final Set<String> FIELDS = Set.of(
            "id",
            "name",
            "project_id",
            "url",
            "kinds",
            "admin_state_up",
            "delivered_event_id",
            "last_error",
            "last_success_at",
            "created_at",
            "updated_at",
            "revision",
            "tags");

    private final WebhookStore webhooks;
    private final EventStore events;
    private final Secrets secrets;
    private final WebhookPort port;
    private final InstantSource clock;

    WebhooksApi(WebhookStore webhooks, EventStore events, Secrets secrets, WebhookPort port, InstantSource clock) {
        this.webhooks = webhooks;
        this.events = events;
        this.secrets = secrets;
        this.port = port;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.get("/v1/webhooks", this::list);
        routes.postSecret("/v1/webhooks", this::create);
        routes.get("/v1/webhooks/{id}", this::show);
        routes.patch("/v1/webhooks/{id}", this::change);
        routes.delete("/v1/webhooks/{id}", this::delete);
        routes.get("/v1/webhooks/{id}/dead-letters", this::deadLetters);
        routes.post("/v1/webhooks/{id}/redeliver", this::redeliver);
    }

    private Reply list(Request request) {
        return Lists.list(
                request,
                new Lists.Source<>(
                        "webhooks",
                        FIELDS,
                        WebhookStore.listFields(),
                        Set.of("delivered_event_id", "last_error", "last_success_at"),
                        query -> webhooks.list(Projects.own(query)),
                        page -> page.stream().map(this::view).toList()));
    }

    private Reply create(Request request) {
        request.allowQueries();
        var fields = request.body();
        var caller = RequestScope.currentCaller();
        var id = RequestScope.newId();
        var tags = fields.tags();
        var secret = fields.secret("secret", Fields.MAX_TEXT);
        var owner = caller.systemScope() ? Optional.<String>empty() : Optional.of(caller.projectId());
        var webhook = webhook(fields, id, owner, sealed(fields, id, secret));
        var stored = Changes.done(
                webhooks.create(webhook, tags, events.last(), MOST_OF_AN_OWNER, clock.instant()),
                ProblemCode.WEBHOOK_NOT_FOUND);
        LOG.info("webhook {} created", id);
        port.wake(id);
        return Reply.created("/v1/webhooks/" + id, view(stored)).at(stored.revision());
    }

    private Reply show(Request request) {
        request.allowQueries();
        var stored = find(request);
        return Reply.ok(view(stored)).at(stored.revision());
    }

    private Reply change(Request request) {
        request.allowQueries();
        var before = find(request);
        var old = before.value();
        var fields = Fields.of(MergePatch.apply(writable(before), request.body().node()), "");
        var sealed = fields.has("secret")
                ? sealed(fields, old.id(), fields.secret("secret", Fields.MAX_TEXT))
                : new SealedSecret(old.sealed(), old.keyId());
        var tags = fields.tags();
        var webhook = webhook(fields, old.id(), old.project(), sealed);
        var stored = Changes.done(
                webhooks.update(webhook, tags, request.revision(before.revision()), clock.instant()),
                ProblemCode.WEBHOOK_NOT_FOUND);
        LOG.info("webhook {} changed, revision {}", old.id(), stored.revision());
        port.wake(old.id());
        return Reply.ok(view(stored)).at(stored.revision());
    }

    private Reply delete(Request request) {
        request.allowQueries();
        var id = find(request).value().id();
        Changes.done(webhooks.delete(id, request.ifMatch()), ProblemCode.WEBHOOK_NOT_FOUND);
        LOG.info("webhook {} deleted", id);
        port.wake(id);
        return Reply.empty();
    }

    private Reply deadLetters(Request request) {
        request.allowQueries("limit", "marker");
        var id = find(request).value().id();
        var limit = Lists.limit(request);
        var after = request.query("marker").map(WebhooksApi::place).orElse(0L);
        var found = webhooks.deadLetters(id, after, limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        var body = Json.MAPPER.createObjectNode();
        var items = body.putArray("dead_letters");
        page.forEach(letter -> items.add(view(letter)));
        Lists.addLinks(
                body,
                "dead_letters",
                request,
                found.size() > limit
                        ? Optional.of(Long.toString(page.getLast().event().seq()))
                        : Optional.empty());
        return Reply.ok(body);
    }

    /** Asks for all dead letters, or for those whose events are named, to be sent once more. */
    private Reply redeliver(Request request) {
        request.allowQueries();
        var stored = find(request);
        var wanted = new ArrayList<Long>();
        if (request.bytes().length > 0) {
            var fields = request.body();
            wanted.addAll(fields.values("event_ids", WebhooksApi::seq));
            fields.end();
        }
        webhooks.want(stored.value().id(), wanted);
        port.wake(stored.value().id());
        return Reply.accepted(view(stored)).at(stored.revision());
    }

    private static long seq(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("the id of an event is a number: " + text);
        }
        return Long.parseLong(text);
    }

    private static long place(String text) {
        try {
            return seq(text);
        } catch (IllegalArgumentException wrong) {
            throw Request.wrongParameter("marker", String.valueOf(wrong.getMessage()));
        }
    }

    /** What belongs to another project is not there. */
    private Stored<Webhook> find(Request request) {
        var id = request.pathId(ProblemCode.WEBHOOK_NOT_FOUND);
        var caller = RequestScope.currentCaller();
        return webhooks.find(id)
                .filter(stored ->
                        caller.systemScope() || stored.value().project().equals(Optional.of(caller.projectId())))
                .orElseThrow(() -> new Problem.NotFound(ProblemCode.WEBHOOK_NOT_FOUND, "there is no webhook " + id));
    }

    private record SealedSecret(SortedMap<String, String> sealed, long keyId) {}

    private SealedSecret sealed(Fields fields, UUID id, String secret) {
        if (secret.length() < SHORTEST_SECRET) {
            throw fields.invalid("secret", "secret has at least " + SHORTEST_SECRET + " characters");
        }
        var vault = secrets.vault().orElseThrow(Problems::noKey);
        return new SealedSecret(vault.seal(Courier.owner(id), Map.of("secret", secret)), vault.primary());
    }

    private Webhook webhook(Fields fields, UUID id, Optional<String> project, SealedSecret sealed) {
        var url = fields.findText("url", 2_000).orElseThrow(() -> fields.missing("url"));
        var name = fields.findText("name").filter(text -> !text.isBlank());
        var webhook = fields.make(() -> new Webhook(
                id,
                name.orElse("webhook-" + id.toString().substring(0, 8)),
                project,
                url,
                fields.texts("kinds"),
                sealed.sealed(),
                sealed.keyId(),
                fields.findTruth("admin_state_up").orElse(true)));
        fields.find("secret");
        fields.end(READ_ONLY);
        port.refusal(URI.create(url)).ifPresent(why -> {
            throw new Problem.Impossible(
                    ProblemCode.URL_NOT_ALLOWED,
                    "/url",
                    why,
                    "use an address that everybody can reach, or have the operator allow it");
        });
        return webhook;
    }

    private static ObjectNode writable(Stored<Webhook> stored) {
        var webhook = stored.value();
        var document = Json.MAPPER.createObjectNode();
        document.put("name", webhook.name());
        document.put("url", webhook.url());
        webhook.kinds().forEach(document.putArray("kinds")::add);
        document.put("admin_state_up", webhook.adminStateUp());
        stored.tags().forEach(document.putArray("tags")::add);
        return document;
    }

    private ObjectNode view(Stored<Webhook> stored) {
        var webhook = stored.value();
        var document = Json.MAPPER.createObjectNode();
        document.put("id", webhook.id().toString());
        document.put("name", webhook.name());
        document.put("project_id", webhook.project().orElse(null));
        document.put("url", webhook.url());
        webhook.kinds().forEach(document.putArray("kinds")::add);
        document.put("admin_state_up", webhook.adminStateUp());
        var progress = webhooks.progress(webhook.id());
        document.put(
                "delivered_event_id",
                progress.map(each -> Long.toString(each.deliveredSeq())).orElse(null));
        document.put("last_error", progress.flatMap(Webhook.Progress::lastError).orElse(null));
        document.put(
                "last_success_at",
                progress.flatMap(Webhook.Progress::lastSuccess)
                        .map(Object::toString)
                        .orElse(null));
        return Reply.withRecord(document, stored);
    }

    private static ObjectNode view(Webhook.DeadLetter letter) {
        var document = Json.MAPPER.createObjectNode();
        document.put("event_id", Long.toString(letter.event().seq()));
        document.put("kind", letter.event().kind());
        document.put("resource_type", letter.event().resourceType());
        document.put("resource_id", letter.event().resourceId());
        document.put("attempts", letter.attempts());
        document.put("error", letter.error());
        document.put("redelivery_wanted", letter.wanted());
        document.put("at", letter.at().toString());
        return document;
    }
}
