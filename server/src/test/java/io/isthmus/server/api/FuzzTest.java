package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.Reservation;
import io.isthmus.server.keystone.KeystoneAuthentication;
import io.isthmus.server.keystone.KeystoneSettings;
import io.isthmus.southbound.Credential;
import io.isthmus.southbound.openstack.FakeKeystone;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Walks the contract and sends valid, boundary and broken calls to every operation, as callers of every kind. A seed makes
 * the same calls again: {@code -Dtest=FuzzTest -Dfuzz.seed=3}; {@code -Dfuzz.calls} says how many.
 *
 * <p>The engine is one that is done at once, so that connections come to be active and go. The stream of events is left out:
 * it never ends.
 */
final class FuzzTest extends ApiTest {
    private static final int WORLDS = 4;
    private static final int CALLS = Integer.getInteger("fuzz.calls", 5_000);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);
    private static final String SECRET = "only-for-operators";
    /** What a body that the contract allows cannot be refused with. */
    private static final Set<String> FORM =
            Set.of("malformed_json", "unknown_field", "missing_field", "wrong_type", "read_only_field");

    private static final Credential.KeystonePassword SERVICE =
            new Credential.KeystonePassword("isthmus", "secret", "Default", "service", "Default");

    private final FakeKeystone keystone = new FakeKeystone().withUser(SERVICE, true);
    private final KeystoneAuthentication authentication = new KeystoneAuthentication(
            new KeystoneSettings(keystone.authUrl(), "c1", KeystoneSettings.REMEMBERED_FOR),
            id -> Optional.of(SERVICE),
            InstantSource.system());
    private final FuzzState state = new FuzzState();
    private final TreeMap<String, Integer> outcomes = new TreeMap<>();
    private int applied;

    /** Who calls; the project is empty where the caller has none, or all of them. */
    private record Who(String token, String project, boolean isAdmin, boolean isSystem) {}

    @Override
    Authentication authentication() {
        return authentication;
    }

    @Override
    ApiLimits limits() {
        return ApiLimits.DEFAULT.withRate(0, 1);
    }

    @AfterEach
    void stopKeystone() {
        authentication.close();
        keystone.close();
    }

    static LongStream seeds() {
        var one = Long.getLong("fuzz.seed");
        return one == null ? LongStream.rangeClosed(1, WORLDS) : LongStream.of(one);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noCallBreaksAnythingOrTellsWhatIsOthers(long seed) throws Exception {
        System.out.printf("fuzzing with seed %d: %d calls%n", seed, CALLS);
        engine.onWake = this::beDone;
        var who = callers();
        prepare(who.getFirst());
        var random = new SplittableRandom(seed);
        var targets = FuzzCall.targets();
        for (int step = 0; step < CALLS; step++) {
            if (step % 100 == 0) {
                mendSites(who.getFirst());
            }
            var caller = who.get(random.nextInt(who.size()));
            var values = new FuzzValues(random, state, "of-" + caller.project() + "-");
            var call = FuzzCall.of(targets.get(random.nextInt(targets.size())), random, state, values);
            try {
                check(call, caller, random.nextInt(30) == 0);
            } catch (Exception | AssertionError failure) {
                throw new AssertionError("seed %d, call %d, by %s: %s".formatted(seed, step, caller, call), failure);
            }
        }
        System.out.printf("seed %d: %s%n", seed, outcomes);
        assertThat(outcomes).as("what happened").containsKeys("createConnection 202", "deleteConnection 202");
        for (var target : targets) {
            var name = target.operation().required("operationId").asString();
            assertThat(outcomes.keySet()).as("calls of " + name).anyMatch(each -> each.startsWith(name + " "));
        }
    }

    private List<Who> callers() {
        return List.of(
                new Who(keystone.tokenOf("root", "p3", "admin"), "p3", true, false),
                new Who(keystone.tokenOf("ada", "p3", "admin"), "p3", true, false),
                new Who(keystone.tokenOf("ann", "p1", "member"), "p1", false, false),
                new Who(keystone.tokenOf("ann", "p1", "member"), "p1", false, false),
                new Who(keystone.tokenOf("amy", "p1", "member"), "p1", false, false),
                new Who(keystone.tokenOf("ben", "p2", "member"), "p2", false, false),
                new Who(keystone.tokenOf("bob", "p2", "member"), "p2", false, false),
                new Who(keystone.tokenOf("bob", "p2", "member"), "p2", false, false),
                new Who(keystone.tokenOf("eve", "p1", "reader"), "p1", false, false),
                new Who(keystone.systemTokenOf("sue", "admin"), "", true, true),
                new Who(keystone.systemTokenOf("sam", "reader"), "", false, true),
                new Who(keystone.tokenOf("odd", "p1", "creator"), "p1", false, false),
                new Who("never-given", "", false, false),
                new Who("", "", false, false));
    }

    private static ObjectNode siteWithSecret(String id) {
        var site = site(id);
        site.withArray("gateways").get(0).withObject("management").put("host", SECRET);
        return site;
    }

    /** Sites that were emptied or set down would leave nothing to connect; they are put back where they can be. */
    private void mendSites(Who admin) {
        for (var id : FuzzState.SITES) {
            if (get("/v1/sites/" + id, "X-Auth-Token", admin.token()).status() == 404) {
                post("/v1/sites", siteWithSecret(id), "X-Auth-Token", admin.token())
                        .with(201);
            } else {
                assertThat(put("/v1/sites/" + id, siteWithSecret(id), "X-Auth-Token", admin.token())
                                .status())
                        .isIn(200, 409);
            }
        }
    }

    private void prepare(Who admin) {
        mendSites(admin);
        post("/v1/links", example("link_a_b"), "X-Auth-Token", admin.token()).with(201);
    }

    /** Sites that do what they are told at once. */
    private void beDone(ConnectionId id) {
        var facts = stores.connections().find(id);
        if (facts.isEmpty()) {
            return;
        }
        state.own(
                facts.get().desired().localEndpoint().toString(),
                facts.get().desired().projectId(),
                "endpoints");
        state.own(
                facts.get().desired().remoteEndpoint().toString(),
                facts.get().desired().projectId(),
                "endpoints");
        if (facts.get().goal() == ConnectionGoal.DELETED) {
            stores.connections().forget(id, clock().instant());
        } else if (facts.get().reservation().isEmpty()) {
            apply(facts.get());
        }
    }

    private void apply(ConnectionFacts facts) {
        var id = facts.id();
        var now = clock().instant();
        var number = ++applied;
        stores.connections().start(id, Optional.empty(), now);
        var sites = List.of(facts.local().site(), facts.remote().site());
        var reservation = new Reservation(
                10_000 + number, number % 4_000 + 1, number % 4_000 + 1, sites, List.of(), 2.5, 1450, 0);
        stores.connections().reserve(id, reservation, now);
        for (var side : facts.sides()) {
            stores.connections().saveSide(id, side.applied(new TreeMap<>(Map.of("network_id", "n" + number))), now);
        }
        stores.connections().activate(id, now);
    }

    private void check(FuzzCall call, Who who, boolean looksAtEverything) throws Exception {
        var events = stores.events().last();
        var before = looksAtEverything ? FuzzState.everythingIn(stores) : "";
        var reply = send(call, who);
        var text = reply.body();
        var status = reply.statusCode();
        outcomes.merge(call.operation().required("operationId").asString() + " " + status, 1, Integer::sum);
        assertThat(status).as(text).isLessThan(500);
        var document = document(reply);
        Contract.SERVED.checkReply(
                call.operation(), status, Contract.lowerCase(reply.headers().map()), document);
        if (status >= 400 || call.method().equals("GET") || call.path().contains("dry_run=true")) {
            assertThat(stores.events().last()).as("changes by " + text).isEqualTo(events);
            if (looksAtEverything) {
                assertThat(FuzzState.everythingIn(stores)).isEqualTo(before);
            }
        }
        if (call.isDocument()) {
            checkBody(call, status, document);
        }
        checkLeaks(call, who, text);
        state.learn(document, call.collection());
        if (document.path("operation_id").isString()) {
            state.own(
                    document.required("operation_id").asString(),
                    document.required("project_id").asString(),
                    "operations");
        }
    }

    /** What is accepted is in the contract, and what is in the contract is not refused for its form. */
    private static void checkBody(FuzzCall call, int status, JsonNode reply) {
        var content = call.operation().required("requestBody").required("content");
        if (!content.has(call.mediaType())) {
            return;
        }
        var errors = Contract.SERVED.againstRequest(call.operation(), call.mediaType(), JSON.readTree(call.body()));
        if (status < 300) {
            assertThat(errors).as("accepted").isEmpty();
        }
        // The schema of a patch says nothing of values: its result is what counts.
        if (errors.isEmpty() && !call.method().equals("PATCH")) {
            assertThat(reply.path("code").asString("")).as(reply.toString()).isNotIn(FORM);
        }
    }

    private void checkLeaks(FuzzCall call, Who who, String text) {
        if (who.isSystem()) {
            return;
        }
        if (!who.isAdmin()) {
            assertThat(text).as("how gateways are managed").doesNotContain(SECRET);
        }
        // The operator of sites and links is told what stands in the way, and sets quotas of everybody.
        if (who.isAdmin() && Set.of("sites", "links", "quotas").contains(call.collection())) {
            return;
        }
        assertThat(state.foreign(text, who.project()))
                .as("ids of other projects")
                .allSatisfy((id, owner) -> assertThat(call.path() + call.body()).contains(id));
        for (var other : List.of("p1", "p2", "p3")) {
            if (!other.equals(who.project()) && !call.path().contains(other)) {
                assertThat(text).doesNotContain("\"project_id\":\"" + other + "\"");
            }
        }
    }

    private HttpResponse<String> send(FuzzCall call, Who who) throws Exception {
        var request = HttpRequest.newBuilder(uri(call.path()))
                .timeout(ANSWERED_WITHIN)
                .method(
                        call.method(),
                        call.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body()))
                .header("Content-Type", call.mediaType());
        call.headers().forEach(request::header);
        if (!who.token().isEmpty()) {
            request.header("X-Auth-Token", who.token());
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode document(HttpResponse<String> reply) {
        if (reply.body().isEmpty()) {
            return MissingNode.getInstance();
        }
        var type = reply.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
        return type.contains("json")
                ? JSON.readTree(reply.body())
                : JSON.getNodeFactory().stringNode(reply.body());
    }
}
