package io.isthmus.server;

import io.isthmus.server.api.ApiConfig;
import io.isthmus.server.api.ApiServer;
import io.isthmus.server.api.NoAuthentication;
import io.isthmus.server.engine.Engine;
import io.isthmus.server.engine.EngineSettings;
import io.isthmus.server.engine.ExampleSites;
import io.isthmus.server.engine.GatewaySightings;
import io.isthmus.server.site.SiteWatch;
import io.isthmus.store.Stores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A node as it is, but for its clouds and gateways, which are in memory: to try the console and to test it. Prints {@code
 * port N}; then reads {@code exhaust REGION} and {@code restore REGION}, until its input ends.
 */
public final class ExampleNode {
    private ExampleNode() {}

    public static void main(String[] arguments) throws IOException {
        var port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        var sites = new ExampleSites(Duration.ofMillis(120));
        var clock = InstantSource.system();
        var drivers = sites.drivers();
        var sightings = new GatewaySightings(clock);
        var settings = new EngineSettings(
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                64,
                64,
                8);
        try (var stores =
                        Stores.open(Files.createTempDirectory("isthmus-example").resolve("isthmus.db"));
                var engine = new Engine(
                        stores.sites(),
                        stores.links(),
                        stores.endpoints(),
                        stores.connections(),
                        stores.operations(),
                        drivers,
                        sightings,
                        clock,
                        settings);
                var watch = new SiteWatch(stores.sites(), drivers, sightings, clock);
                var api = ApiServer.start(
                        new ApiConfig("127.0.0.1", port),
                        new ApiServer.Parts(
                                stores,
                                new NodeEngine(stores, engine, io.isthmus.server.api.DiagnosisPort.NONE),
                                watch,
                                gateway -> {},
                                new NoAuthentication(),
                                clock))) {
            engine.start();
            watch.start(Duration.ofSeconds(2));
            System.out.println("port " + api.port());
            obey(sites);
        }
    }

    private static void obey(ExampleSites sites) throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = input.readLine(); line != null; line = input.readLine()) {
            var words = line.split(" ", 2);
            switch (words[0]) {
                case "exhaust" -> sites.exhaustQuota(words[1]);
                case "restore" -> sites.restoreQuota(words[1]);
                default -> System.err.println("not understood: " + line);
            }
        }
    }
}
