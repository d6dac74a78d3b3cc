package io.isthmus.server;

import io.isthmus.server.api.ApiConfig;
import io.isthmus.server.api.ApiServer;
import io.isthmus.server.api.Authentication;
import io.isthmus.server.api.DiagnosisPort;
import io.isthmus.server.api.NoAuthentication;
import io.isthmus.server.api.VnfPort;
import io.isthmus.server.engine.Engine;
import io.isthmus.server.engine.EngineSettings;
import io.isthmus.server.engine.ExampleSites;
import io.isthmus.server.engine.GatewaySightings;
import io.isthmus.server.keystone.KeystoneAuthentication;
import io.isthmus.server.keystone.KeystoneSettings;
import io.isthmus.server.site.SiteWatch;
import io.isthmus.southbound.Credential;
import io.isthmus.southbound.openstack.FakeKeystone;
import io.isthmus.store.Stores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A node as it is, but for its clouds and gateways, which are in memory: to try the console and to test it. Prints {@code
 * port N}; then reads {@code exhaust REGION} and {@code restore REGION}, until its input ends.
 */
public final class ExampleNode {
    private ExampleNode() {}

    public static void main(String[] arguments) throws IOException {
        var port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        var withKeystone = arguments.length > 1 && arguments[1].equals("keystone");
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
        var authentication = withKeystone ? keystone(clock) : new NoAuthentication();
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
                                new NodeEngine(stores, engine, DiagnosisPort.NONE, VnfPort.NONE),
                                watch,
                                gateway -> {},
                                authentication,
                                clock))) {
            engine.start();
            watch.start(Duration.ofSeconds(2));
            System.out.println("port " + api.port());
            obey(sites);
        }
        System.exit(0); // A fake Keystone's threads would go on.
    }

    /** With the people ann (member), rita (reader) and root (admin) of the project demo; the password is {@code password-of-NAME}. */
    private static Authentication keystone(InstantSource clock) {
        var service = new Credential.KeystonePassword("isthmus", "service", "Default", "service", "Default");
        var keystone = new FakeKeystone(clock)
                .withUser(service, true)
                .withPerson("ann", "password-of-ann", "demo", "member", "reader")
                .withPerson("rita", "password-of-rita", "demo", "reader")
                .withPerson("root", "password-of-root", "demo", "admin", "member", "reader");
        return new KeystoneAuthentication(
                new KeystoneSettings(keystone.authUrl(), "keystone", Duration.ofSeconds(10)),
                id -> Optional.of(service),
                clock);
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
