package io.isthmus.server;

import io.isthmus.core.site.Gateway;
import io.isthmus.server.api.ApiConfig;
import io.isthmus.server.api.ApiServer;
import io.isthmus.server.api.Authentication;
import io.isthmus.server.api.Observing;
import io.isthmus.server.diagnosis.Examiners;
import io.isthmus.server.diagnosis.NodeDiagnosis;
import io.isthmus.server.engine.Drivers;
import io.isthmus.server.engine.Engine;
import io.isthmus.server.engine.GatewaySightings;
import io.isthmus.server.metrics.MeteredDrivers;
import io.isthmus.server.metrics.NodeMeters;
import io.isthmus.server.metrics.SiteNames;
import io.isthmus.server.site.SiteWatch;
import io.isthmus.southbound.Credentials;
import io.isthmus.southbound.frr.FrrDriver;
import io.isthmus.southbound.frr.FrrLimits;
import io.isthmus.southbound.frr.FrrManagement;
import io.isthmus.southbound.openstack.OpenStackDriver;
import io.isthmus.southbound.openstack.OpenStackOptions;
import io.isthmus.store.Stores;
import io.isthmus.store.connection.ConnectionSurvey;
import java.time.InstantSource;
import java.util.Map;

/** The composition root: makes a node's parts, joins them, starts them in order and ends them in reverse. */
public final class Node implements AutoCloseable {
    private final Stores stores;
    private final OpenStackDriver openStack;
    private final FrrDriver frr;
    private final Engine engine;
    private final SiteWatch siteWatch;
    private final ApiServer api;

    private Node(
            Stores stores,
            OpenStackDriver openStack,
            FrrDriver frr,
            Engine engine,
            SiteWatch siteWatch,
            ApiServer api) {
        this.stores = stores;
        this.openStack = openStack;
        this.frr = frr;
        this.engine = engine;
        this.siteWatch = siteWatch;
        this.api = api;
    }

    public static Node start(NodeSettings settings, Credentials credentials, Authentication authentication) {
        var clock = InstantSource.system();
        var stores = Stores.open(settings.dataDirectory().resolve("isthmus.db"));
        var openStack = new OpenStackDriver(credentials, OpenStackOptions.DEFAULTS, clock);
        var frr = new FrrDriver(credentials, FrrLimits.DEFAULT);
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
        NodeMeters.ofConnections(metrics, new ConnectionSurvey(stores.database()));
        NodeMeters.ofQueues(metrics, engine::queues);
        var api = ApiServer.start(
                new ApiConfig(settings.host(), settings.port(), settings.tls()),
                new ApiServer.Parts(
                        stores,
                        new NodeEngine(stores, engine, new NodeDiagnosis(stores, examiners, drivers)),
                        siteWatch,
                        gateway -> check(gateway, drivers),
                        authentication,
                        clock,
                        new Observing(metrics, settings.metricsFrom())));
        engine.start();
        siteWatch.start(settings.engine().patrolInterval());
        return new Node(stores, openStack, frr, engine, siteWatch, api);
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
        siteWatch.close();
        engine.close();
        frr.close();
        openStack.close();
        stores.close();
    }
}
