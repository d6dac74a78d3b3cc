package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.backup.Readiness;
import io.isthmus.core.backup.RunningVnf;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A VNF is named by its server; sites a, c and d could back b up. The caller is a member of the project p1. */
final class BackupOfServersApiTest extends ApiTest {
    private static final String PATH = "/v1/backup-selections";
    private static final String ID = "5f9588de-1fc4-4b3c-8a1b-3d8f2a1c0001";
    private static final String OTHER_ID = "5f9588de-1fc4-4b3c-8a1b-3d8f2a1c0002";

    private final Map<String, List<RunningVnf>> servers = new HashMap<>();
    private final List<VnfPort.Unasked> unasked = new ArrayList<>();
    private final Map<SiteId, Readiness> readiness = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private boolean oneNova;
    private volatile Caller caller = new Caller("", "root", Set.of("admin"), true);

    @Override
    Authentication authentication() {
        return _ -> caller;
    }

    @BeforeEach
    void workedExample() {
        addSites("a", "b", "c", "d");
        for (var id : List.of("a", "d")) {
            patch("/v1/sites/" + id, "{\"capacity\":{\"vcpus\":16,\"ram_mb\":64000,\"disk_gb\":500}}")
                    .with(200);
        }
        for (var ends : List.of("ab", "ac", "ad")) {
            post(
                            "/v1/links",
                            "{\"a_site\":\"%s\",\"z_site\":\"%s\",\"latency_ms\":5,\"capacity_mbps\":1000}"
                                    .formatted(ends.charAt(0), ends.charAt(1)))
                    .with(201);
        }
        caller = new Caller("p1", "ann", Set.of("member"), false);
        engine.vnfs = new VnfPort() {
            @Override
            public Search find(List<Site> where, String idOrName) {
                var found = new ArrayList<Found>();
                for (var site : where) {
                    servers.getOrDefault(site.id().name(), List.of()).stream()
                            .filter(each ->
                                    each.id().equals(idOrName) || each.name().equals(idOrName))
                            .forEach(each -> found.add(new Found(each, oneNova ? where : List.of(site))));
                }
                return new Search(found, unasked);
            }

            @Override
            public Map<SiteId, Readiness> readiness(Site active, RunningVnf vnf, List<Site> candidates) {
                candidates.forEach(site -> asked.add(active.id() + ">" + site.id()));
                return readiness;
            }
        };
    }

    private static RunningVnf vnf(String id, String project) {
        return new RunningVnf(id, "fw", project, new Capacity(4, 8_192, 40), "m1.medium", Optional.of("img"));
    }

    private JsonNode select(String body) {
        return post(PATH, body).with(200).body();
    }

    @Test
    void whatAServerNeedsIsReadAndSitesWithoutItAreRejected() {
        servers.put("b", List.of(vnf(ID, "p1")));
        readiness.put(
                new SiteId("a"),
                new Readiness(new Readiness.Part.Present(), Optional.of(new Readiness.Part.Copyable())));
        readiness.put(
                new SiteId("d"),
                new Readiness(
                        new Readiness.Part.Present(), Optional.of(new Readiness.Part.Missing("Glance is silent"))));
        var choice = select("{\"vnf\":{\"server\":\"fw\"}}");
        assertThat(choice.at("/vnf/site").asString()).isEqualTo("b");
        assertThat(choice.at("/vnf/server_id").asString()).isEqualTo(ID);
        assertThat(choice.at("/vnf/resources/disk_gb").asInt()).isEqualTo(40);
        assertThat(choice.at("/candidates/0/site").asString()).isEqualTo("a");
        assertThat(choice.at("/candidates/0/flavor").asString()).isEqualTo("present");
        assertThat(choice.at("/candidates/0/image").asString()).isEqualTo("copyable");
        assertThat(choice.at("/rejected/0/site").asString())
                .as("c has no capacity")
                .isEqualTo("c");
        assertThat(choice.at("/rejected/0/criterion").asString()).isEqualTo("resources.vcpus");
        assertThat(choice.at("/rejected/1/criterion").asString()).isEqualTo("image");
        assertThat(choice.at("/rejected/1/reason").asString()).contains("Glance is silent");
        assertThat(asked).as("only who keeps the other limits is asked").containsExactlyInAnyOrder("b>a", "b>d");
    }

    @Test
    void anotherProjectsServerIsNone() {
        servers.put("b", List.of(vnf(ID, "p2")));
        post(PATH, "{\"vnf\":{\"server\":\"fw\"}}").isProblem(404, "server_not_found", "/vnf/server");
        post(PATH, "{\"vnf\":{\"server\":\"" + ID + "\",\"site\":\"b\"}}")
                .isProblem(404, "server_not_found", "/vnf/server");
        servers.put("d", List.of(vnf(OTHER_ID, "p1")));
        assertThat(select("{\"vnf\":{\"server\":\"fw\"}}").at("/vnf/site").asString())
                .isEqualTo("d");
    }

    @Test
    void aNameThatSeveralServersHaveIsToldWithTheirIds() {
        servers.put("b", List.of(vnf(ID, "p1")));
        servers.put("d", List.of(vnf(OTHER_ID, "p1")));
        var answer = post(PATH, "{\"vnf\":{\"server\":\"fw\"}}");
        answer.isProblem(409, "server_ambiguous", "/vnf/server");
        assertThat(answer.body().get("candidates").toString()).contains(ID, OTHER_ID);
        assertThat(select("{\"vnf\":{\"server\":\"fw\",\"site\":\"b\"}}")
                        .at("/vnf/site")
                        .asString())
                .isEqualTo("b");
    }

    @Test
    void ofCellsThatShareANovaTheOneIsNamed() {
        servers.put("b", List.of(vnf(ID, "p1")));
        oneNova = true;
        post(PATH, "{\"vnf\":{\"server\":\"fw\"}}").isProblem(409, "ambiguous_site", "/vnf/site");
        assertThat(select("{\"vnf\":{\"server\":\"fw\",\"site\":\"b\"}}")
                        .at("/vnf/site")
                        .asString())
                .isEqualTo("b");
    }

    @Test
    void aCloudWithoutNovaIsToldAndOneThatDoesNotAnswerIsNotTakenForAnEmptyOne() {
        unasked.add(new VnfPort.Unasked(new SiteId("b"), "compute_missing", "no Nova in RegionB", ""));
        post(PATH, "{\"vnf\":{\"server\":\"fw\",\"site\":\"b\"}}").isProblem(422, "compute_missing", "/vnf/site");
        post(PATH, "{\"vnf\":{\"server\":\"fw\"}}").isProblem(404, "server_not_found", "/vnf/server");
        unasked.add(new VnfPort.Unasked(new SiteId("d"), "compute_unreachable", "Nova is silent", "look"));
        assertThat(post(PATH, "{\"vnf\":{\"server\":\"fw\"}}").with(503).text("code"))
                .isEqualTo("site_unavailable");
        servers.put("b", List.of(vnf(ID, "p1")));
        post(PATH, "{\"vnf\":{\"server\":\"fw\"}}").with(503);
        select("{\"vnf\":{\"server\":\"" + ID + "\"}}");
    }

    @Test
    void whatIsReadIsNotSaidAgain() {
        post(PATH, "{\"vnf\":{\"server\":\"fw\",\"resources\":{\"vcpus\":1}}}")
                .isProblem(400, "invalid_value", "/vnf/resources");
        post(PATH, "{\"vnf\":{\"server\":\"fw\",\"site\":\"nowhere\"}}").isProblem(404, "site_not_found", "/vnf/site");
    }
}
