package io.isthmus.server;

import io.isthmus.core.backup.StandingPolicy;
import io.isthmus.core.link.LatencyPolicy;
import io.isthmus.core.site.Gateway;
import io.isthmus.server.api.ApiConfig;
import io.isthmus.server.api.ApiServer;
import io.isthmus.server.api.Authentication;
import io.isthmus.server.api.Observing;
import io.isthmus.server.api.Secrets;
import io.isthmus.server.backup.BackupSources;
import io.isthmus.server.backup.BackupWatch;
import io.isthmus.server.backup.CloudVnfs;
import io.isthmus.server.credential.StoredCredentials;
import io.isthmus.server.diagnosis.Examiners;
import io.isthmus.server.diagnosis.NodeDiagnosis;
import io.isthmus.server.engine.Drivers;
import io.isthmus.server.engine.Engine;
import io.isthmus.server.engine.GatewaySightings;
import io.isthmus.server.link.LinkWatch;
import io.isthmus.server.metrics.MeteredDrivers;
import io.isthmus.server.metrics.NodeMeters;
import io.isthmus.server.metrics.SiteNames;
import io.isthmus.server.site.SiteWatch;
import io.isthmus.server.webhook.AllowedAddresses;
import io.isthmus.server.webhook.Courier;
import io.isthmus.server.webhook.WebhookSettings;
import io.isthmus.southbound.Credentials;
import io.isthmus.southbound.frr.FrrDriver;
import io.isthmus.southbound.frr.FrrLimits;
import io.isthmus.southbound.frr.FrrManagement;
import io.isthmus.southbound.openstack.OpenStackDriver;
import io.isthmus.southbound.openstack.OpenStackOptions;
import io.isthmus.southbound.openstack.SteadyClock;
import io.isthmus.store.Stores;
import io.isthmus.store.connection.ConnectionSurvey;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The composition root: makes a node's parts, joins them, starts them in order and ends them in reverse. */
public final class Node implements AutoCloseable {
    private final Stores stores;
    private final OpenStackDriver openStack;
    private final FrrDriver frr;
    private final Engine engine;
    private final SiteWatch siteWatch;
    private final Courier courier;
    private final LinkWatch linkWatch;
    private final BackupWatch backupWatch;
    private final ApiServer api;

    private Node(
            Stores stores,
            OpenStackDriver openStack,
            FrrDriver frr,
            Engine engine,
            SiteWatch siteWatch,
            Courier courier,
            LinkWatch linkWatch,
            BackupWatch backupWatch,
            ApiServer api) {
        this.courier = courier;
        this.stores = stores;
        this.openStack = openStack;
        this.frr = frr;
        this.engine = engine;
        this.siteWatch = siteWatch;
        this.linkWatch = linkWatch;
        this.backupWatch = backupWatch;
        this.api = api;
    }

    public static Node start(NodeSettings settings, Credentials credentials, Authentication authentication) {
        var clock = InstantSource.system();
        var stores = Stores.open(
                settings.dataDirectory().resolve("isthmus.db"),
                settings.limits().quota());
        var vault = VaultDoor.open(settings.keyFile(), settings.createKeyFile(), stores);
        var allCredentials = new StoredCredentials(credentials, stores.credentials(), vault);
        var openStack = new OpenStackDriver(allCredentials, OpenStackOptions.DEFAULTS, new SteadyClock(), clock);
        var frr = new FrrDriver(allCredentials, FrrLimits.DEFAULT);
        var metrics = settings.metrics();
        var drivers = new MeteredDrivers(metrics, new SiteNames(stores.sites()))
                .over(openStack, "openstack", Map.of("frr", frr));
        var examiners = new Examiners(openStack.examiner(), Map.of("frr", frr.examiner(clock)));
        var sightings = new GatewaySightings(clock);
        var engine = new Engine(
                stores.sites(),
                stores.links(),
                stores.endpoints(),
                stores.connections(),
                stores.operations(),
                drivers,
                sightings,
                clock,
                settings.engine());
        var siteWatch = new SiteWatch(stores.sites(), drivers, sightings, clock);
        var backupWatch = new BackupWatch(
                stores.choices(), new BackupSources(stores, siteWatch, clock), StandingPolicy.USUAL, clock);
        var linkWatch =
                new LinkWatch(stores.sites(), stores.links(), stores.sights(), drivers, LatencyPolicy.USUAL, clock);
        NodeMeters.ofConnections(metrics, new ConnectionSurvey(stores.database()));
        NodeMeters.ofQueues(metrics, engine::queues);
        var allowed = new AllowedAddresses(settings.webhookAllow());
        var courier = new Courier(
                stores.webhooks(),
                stores.events(),
                vault,
                allowed,
                WebhookSettings.DEFAULT,
                clock,
                () -> ThreadLocalRandom.current().nextDouble());
        var api = ApiServer.start(
                new ApiConfig(settings.host(), settings.port(), settings.tls())
                        .with(settings.limits().api()),
                new ApiServer.Parts(
                        stores,
                        new NodeEngine(
                                stores,
                                engine,
                                new NodeDiagnosis(stores, examiners, drivers),
                                new CloudVnfs(drivers.cloud())),
                        siteWatch,
                        gateway -> check(gateway, drivers),
                        authentication,
                        clock,
                        new Observing(metrics, settings.metricsFrom()),
                        new Secrets(vault, id -> credentials.find(id).isPresent()),
                        new CourierPort(courier, allowed)));
        engine.start();
        courier.start();
        siteWatch.start(settings.engine().patrolInterval());
        linkWatch.start();
        backupWatch.start();
        return new Node(stores, openStack, frr, engine, siteWatch, courier, linkWatch, backupWatch, api);
    }

    /** A gateway is refused when it is described, not when it is first needed. */
    private static void check(Gateway gateway, Drivers drivers) {
        switch (gateway.driver()) {
            case "frr" -> FrrManagement.parse(gateway.management());
            default ->
                throw new IllegalArgumentException("driver must be one of %s: %s"
                        .formatted(drivers.gateways().keySet(), gateway.driver()));
        }
    }

    public int port() {
        return api.port();
    }

    @Override
    public void close() {
        api.close();
        courier.close();
        backupWatch.close();
        linkWatch.close();
        siteWatch.close();
        engine.close();
        frr.close();
        openStack.close();
        stores.close();
    }
}
