package io.isthmus.server.api;

import io.isthmus.server.audit.AuditTrail;
import io.isthmus.server.backup.BackupSources;
import io.isthmus.server.console.Console;
import io.isthmus.server.metrics.NodeMeters;
import io.isthmus.store.Stores;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the API. */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    /** Longer than any request may wait. */
    private static final Duration IDLE = Duration.ofSeconds(ConnectionsApi.LONGEST_WAIT_S + 30L);

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);
    /** Connections that clients keep open do not delay the stop. */
    private static final Duration IDLE_WHEN_STOPPING = Duration.ofMillis(20);

    /** Request line and headers; a Keystone token has up to 8 KiB. */
    private static final int LARGEST_HEAD = 16 * 1024;

    private static final Duration BETWEEN_HOUSEKEEPINGS = Duration.ofMinutes(10);

    private final Javalin javalin;
    private final Stores stores;
    private final Thread housekeeper;
    private final AuditTrail trail;

    private ApiServer(Javalin javalin, Stores stores, Thread housekeeper, AuditTrail trail) {
        this.trail = trail;
        this.javalin = javalin;
        this.stores = stores;
        this.housekeeper = housekeeper;
    }

    /** What the API needs from the rest of the node. */
    public record Parts(
            Stores stores,
            EnginePort engine,
            SiteHealth health,
            GatewayCheck gatewayCheck,
            Authentication authentication,
            InstantSource clock,
            Observing observing,
            Secrets secrets,
            WebhookPort webhooks) {
        public Parts(
                Stores stores,
                EnginePort engine,
                SiteHealth health,
                GatewayCheck gatewayCheck,
                Authentication authentication,
                InstantSource clock) {
            this(
                    stores,
                    engine,
                    health,
                    gatewayCheck,
                    authentication,
                    clock,
                    Observing.ofNothingElse(),
                    Secrets.none(),
                    WebhookPort.NONE);
        }
    }

    /**
     * Starts to listen.
     *
     * @throws IllegalArgumentException if anybody could be administrator from another machine
     */
    public static ApiServer start(ApiConfig config, Parts parts) {
        if (parts.authentication().isForLoopbackOnly() && !config.isLoopback()) {
            throw new IllegalArgumentException(
                    "without authentication the API listens on loopback only, not on " + config.host());
        }
        parts.authentication().warning().ifPresent(LOG::warn);
        if (config.tls().isEmpty() && !config.isLoopback()) {
            LOG.warn("tokens come over the network in clear text: give a certificate, or keep a TLS proxy in front");
        }
        var trail = new AuditTrail(parts.stores().audit());
        NodeMeters.ofAudit(parts.observing().metrics(), trail::leftOut);
        var javalin = Javalin.create(javalinConfig -> configure(javalinConfig, config, parts, trail));
        javalin.start();
        LOG.info("API listens on {}", config.url(javalin.port()));
        var housekeeper = Thread.ofVirtual().name("housekeeper").start(() -> housekeep(parts));
        return new ApiServer(javalin, parts.stores(), housekeeper, trail);
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Stops to listen; who waits or follows events is answered first. */
    @Override
    public void close() {
        housekeeper.interrupt();
        stores.events().close();
        javalin.stop();
        join(housekeeper);
        trail.close();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void configure(JavalinConfig javalin, ApiConfig config, Parts parts, AuditTrail trail) {
        javalin.startup.showJavalinBanner = false;
        javalin.startup.showOldJavalinVersionWarning = false;
        javalin.startup.startupWatcherEnabled = false;
        javalin.concurrency.useVirtualThreads = true;
        javalin.http.prefer405over404 = true;
        javalin.http.defaultContentType = "application/json";
        javalin.router.ignoreTrailingSlashes = true;
        javalin.jetty.addConnector((server, http) -> connector(server, http, config));
        javalin.jetty.modifyServer(server -> configure(server, parts.authentication()));
        javalin.requestLogger.http((context, ms) -> {
            LOG.debug(
                    "{} {} answered {} in {} ms",
                    context.method(),
                    context.path(),
                    context.statusCode(),
                    Math.round(ms));
            parts.observing()
                    .metrics()
                    .request(
                            context.method().name(),
                            Routes.routeOf(context),
                            context.statusCode(),
                            Duration.ofNanos((long) (ms * 1e6)));
            AuditApi.record(context, trail, parts.clock());
        });
        addRoutes(
                new Routes(
                        javalin.routes,
                        parts.authentication(),
                        new Idempotency(parts.stores().idempotency(), parts.clock()),
                        new RequestRate(
                                config.limits().requestsPerSecond(),
                                config.limits().burst()),
                        parts.clock()),
                config,
                parts);
        new Console().addTo(javalin.routes);
        new LogInApi(parts.authentication().logIn(), parts.clock()).addTo(javalin.routes);
    }

    private static void configure(Server server, Authentication authentication) {
        server.setErrorHandler(new JettyErrors(authentication));
        // Requests that are under way when it stops are answered.
        server.setHandler(new GracefulHandler());
        server.setStopTimeout(STOPS_WITHIN.toMillis());
    }

    private static void addRoutes(Routes routes, ApiConfig config, Parts parts) {
        var stores = parts.stores();
        var clock = parts.clock();
        var sites = new SiteLookup(stores.sites());
        var endpoints = new EndpointReader(sites);
        new VersionsApi(config.limits()).addTo(routes);
        new HealthApi(stores, parts.engine()).addTo(routes);
        new OpenApi().addTo(routes);
        new AuditApi(stores.audit()).addTo(routes);
        new CredentialsApi(
                        stores.credentials(),
                        parts.secrets().vault(),
                        parts.secrets().inFile(),
                        clock)
                .addTo(routes);
        new WebhooksApi(stores.webhooks(), stores.events(), parts.secrets(), parts.webhooks(), clock).addTo(routes);
        new MetricsApi(parts.observing()).addTo(routes);
        new SitesApi(stores.sites(), stores.connections(), parts.health(), parts.gatewayCheck(), clock).addTo(routes);
        new LinksApi(stores.links(), stores.sights(), stores.connections(), sites, clock).addTo(routes);
        new EndpointsApi(stores.endpoints(), stores.connections(), endpoints, sites, clock).addTo(routes);
        var lookup = new ConnectionLookup(stores);
        var connections = new ConnectionReader(stores.endpoints(), endpoints, sites, clock);
        var checks = new ConnectionChecks(sites, stores.connections(), stores.quotas());
        new ConnectionsApi(
                        stores,
                        parts.engine(),
                        lookup,
                        connections,
                        checks,
                        new ConnectionWait(stores, parts.authentication(), config.limits()),
                        config.requestedWithin(),
                        clock)
                .addTo(routes);
        new ConnectionChangesApi(stores, parts.engine(), lookup, connections, checks, config.requestedWithin(), clock)
                .addTo(routes);
        new DiagnosisApi(stores, parts.engine().diagnosis(), clock).addTo(routes);
        new TopologyApi(stores).addTo(routes);
        var sources = new BackupSources(stores, parts.health(), clock);
        var backups = new BackupReader(
                sites,
                new UsersPaths(stores.connections()),
                new VnfLookup(sites, parts.engine().vnfs()));
        new BackupSelectionsApi(sources, backups, sites, parts.engine().vnfs()).addTo(routes);
        new BackupPlansApi(sources, backups).addTo(routes);
        new QuotasApi(stores.quotas(), clock).addTo(routes);
        new BackupChoicesApi(stores.choices(), sources, backups, sites, clock).addTo(routes);
        new OperationsApi(stores.operations()).addTo(routes);
        new EventsApi(stores.events(), parts.authentication(), config.limits()).addTo(routes);
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, ApiConfig config) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(LARGEST_HEAD);
        var plain = new HttpConnectionFactory(http);
        var connector = config.tls()
                .map(tls -> new ServerConnector(server, tls.factory(), plain))
                .orElseGet(() -> new ServerConnector(server, plain));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setAcceptQueueSize(512);
        connector.setShutdownIdleTimeout(IDLE_WHEN_STOPPING.toMillis());
        return connector;
    }

    private static void housekeep(Parts parts) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                parts.stores().housekeep(parts.clock().instant());
            } catch (RuntimeException failure) {
                LOG.warn("old operations could not be removed", failure);
            }
            LockSupport.parkNanos(BETWEEN_HOUSEKEEPINGS.toNanos());
        }
    }
}
