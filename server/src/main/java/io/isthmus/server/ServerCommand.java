package io.isthmus.server;

import io.isthmus.core.l3.AddressPools;
import io.isthmus.core.network.Cidr;
import io.isthmus.server.api.Authentication;
import io.isthmus.server.api.NoAuthentication;
import io.isthmus.server.api.Tls;
import io.isthmus.server.credential.CredentialsFile;
import io.isthmus.server.credential.RekeyCommand;
import io.isthmus.server.engine.EngineSettings;
import io.isthmus.server.keystone.KeystoneAuthentication;
import io.isthmus.server.keystone.KeystoneSettings;
import io.isthmus.server.metrics.Metrics;
import io.isthmus.server.tracing.Tracing;
import io.isthmus.southbound.Credentials;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code isthmus server}: runs a node until it is told to end. */
@Command(
        name = "isthmus server",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = RekeyCommand.class,
        description = "Runs a node of Isthmus: REST API, engine and drivers, with an embedded database.",
        footer = {
            "",
            "Example, for a first look on this machine:",
            "  isthmus server --auth none --data ./isthmus-data --credentials ./credentials.yaml",
            "Example, for a service:",
            "  isthmus server --auth keystone --keystone-url https://keystone.example:5000/v3 \\",
            "      --keystone-credential isthmus --credentials /etc/isthmus/credentials.yaml"
        })
public final class ServerCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(ServerCommand.class);

    private static final int HELP_WIDTH = 100;

    /** How callers are known. */
    private enum Auth {
        none,
        keystone
    }

    @Option(
            names = "--auth",
            required = true,
            description = {
                "keystone: callers bear tokens of the Keystone at --keystone-url.",
                "none: everybody on this machine is administrator; listens on loopback only."
            })
    private Auth auth = Auth.none;

    @Option(names = "--keystone-url", paramLabel = "URL", description = "The Keystone that knows the callers.")
    private Optional<URI> keystoneUrl = Optional.empty();

    @Option(
            names = "--keystone-credential",
            paramLabel = "ID",
            description = "Which of the credentials may validate tokens: a user with the role service or admin.")
    private Optional<String> keystoneCredential = Optional.empty();

    @Option(
            names = "--keystone-cache",
            paramLabel = "TIME",
            converter = Seconds.class,
            description =
                    "How long a validated token is trusted, and so how long a revoked one may work: 60s, or less.")
    private Optional<Duration> keystoneCache = Optional.empty();

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on (${DEFAULT-VALUE}).")
    private String host = "";

    @Option(names = "--port", defaultValue = "8642", description = "Port to listen on, 0 for any (${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "PEM file: the listener's certificate and its chain.")
    private Optional<Path> tlsCertificate = Optional.empty();

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM file: its key, PKCS #8 without a password.")
    private Optional<Path> tlsKey = Optional.empty();

    @Option(
            names = "--data",
            defaultValue = "/var/lib/isthmus",
            description = "Directory of the embedded database (${DEFAULT-VALUE}).")
    private Path data = Path.of("");

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description = "YAML file, mode 600, with the credentials of clouds and gateways.")
    private Optional<Path> credentials = Optional.empty();

    @Option(
            names = "--provisioning-limit",
            paramLabel = "TIME",
            converter = Seconds.class,
            description = "How long a connection may take until it is active, such as 60s (the default) or 5m.")
    private Optional<Duration> provisioningLimit = Optional.empty();

    @Option(
            names = "--deletion-limit",
            paramLabel = "TIME",
            converter = Seconds.class,
            description =
                    "How long a deletion or a roll-back may take before its owner hears why; what is left at a site that"
                            + " cannot be reached is removed later: 60s unless told.")
    private Optional<Duration> deletionLimit = Optional.empty();

    @Option(
            names = "--patrol-interval",
            paramLabel = "TIME",
            converter = Seconds.class,
            description = "How often active connections are read back and probed: 30s unless told.")
    private Optional<Duration> patrolInterval = Optional.empty();

    @Option(
            names = "--transit-pool",
            paramLabel = "CIDR",
            description = "Where networks between routers get their addresses: 100.126.0.0/16 unless told.")
    private Optional<String> transitPool = Optional.empty();

    @Option(
            names = "--nat-pool",
            paramLabel = "CIDR",
            description = "Where translated prefixes come from: 100.64.0.0/11 unless told.")
    private Optional<String> natPool = Optional.empty();

    @Option(
            names = "--metrics-from",
            paramLabel = "CIDR",
            split = ",",
            converter = Prefix.class,
            description = {
                "From where /metrics may be read without a token, such as 127.0.0.0/8,::1/128; nowhere unless told.",
                "Behind a proxy on this machine everything comes from loopback."
            })
    private List<Cidr> metricsFrom = List.of();

    @Option(
            names = "--credential-key",
            paramLabel = "FILE",
            description = "File, mode 600, with the keys that seal the secrets in the database.")
    private Optional<Path> credentialKey = Optional.empty();

    @Option(
            names = "--create-credential-key",
            description = "Make that file where it is not there yet. Keep a copy apart from the database.")
    private boolean createCredentialKey;

    @Option(
            names = "--webhook-allow",
            paramLabel = "CIDR",
            split = ",",
            converter = Prefix.class,
            description = "To which addresses that are not public events may be sent nevertheless.")
    private List<Cidr> webhookAllow = List.of();

    @Option(
            names = "--trace-to",
            paramLabel = "URL",
            defaultValue = "${env:OTEL_EXPORTER_OTLP_ENDPOINT}",
            description = {
                "The OpenTelemetry collector that is sent traces (OTLP over HTTP), such as http://127.0.0.1:4318;",
                "OTEL_EXPORTER_OTLP_ENDPOINT unless told, else none."
            })
    private Optional<URI> traceTo = Optional.empty();

    /** How log lines are written. */
    private enum LogFormat {
        text,
        json
    }

    @Option(
            names = "--log-format",
            defaultValue = "text",
            description = "text, or json: one object a line (${DEFAULT-VALUE}).")
    private LogFormat logFormat = LogFormat.text;

    @Mixin
    private LimitOptions limits = new LimitOptions();

    private final Metrics metrics = new Metrics();

    public static void main(String[] args) {
        System.exit(new CommandLine(new ServerCommand())
                .setUsageHelpWidth(HELP_WIDTH)
                .execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (logFormat == LogFormat.json) {
            JsonLog.begin();
        }
        var tracing = traceTo.map(Tracing::to);
        Node node;
        try {
            var known = readCredentials();
            node = Node.start(
                    new NodeSettings(
                            host,
                            port,
                            tls(),
                            data,
                            engineSettings(),
                            metrics,
                            metricsFrom,
                            credentialKey,
                            createCredentialKey,
                            webhookAllow,
                            limits.limits()),
                    known,
                    authentication(known));
        } catch (IllegalArgumentException | IllegalStateException | java.io.UncheckedIOException wrong) {
            System.err.println("isthmus server: " + wrong.getMessage());
            return 1;
        }
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            node.close();
            tracing.ifPresent(Tracing::close);
            ended.countDown();
        }));
        log.info("ready on {}://{}:{}", tlsCertificate.isPresent() ? "https" : "http", host, node.port());
        ended.await();
        return 0;
    }

    private EngineSettings engineSettings() {
        var settings = EngineSettings.DEFAULT;
        settings = provisioningLimit.map(settings::withProvisioningLimit).orElse(settings);
        settings = deletionLimit.map(settings::withRemovalLimit).orElse(settings);
        settings = patrolInterval.map(settings::withPatrolInterval).orElse(settings);
        return settings.withAddressPools(new AddressPools(
                transitPool.map(Cidr::new).orElse(AddressPools.DEFAULT.transit()),
                natPool.map(Cidr::new).orElse(AddressPools.DEFAULT.nat())));
    }

    private Optional<Tls> tls() {
        if (tlsCertificate.isPresent() != tlsKey.isPresent()) {
            throw new IllegalArgumentException("--tls-certificate and --tls-key go together");
        }
        return tlsCertificate.flatMap(certificate -> tlsKey.map(key -> new Tls(certificate, key)));
    }

    private Credentials readCredentials() {
        if (credentials.isEmpty()) {
            log.info("no --credentials: only what /v1/credentials holds opens clouds and gateways");
            return CredentialsFile.none();
        }
        return CredentialsFile.read(credentials.get());
    }

    private Authentication authentication(Credentials known) {
        return switch (auth) {
            case none -> new NoAuthentication();
            case keystone ->
                new KeystoneAuthentication(
                        new KeystoneSettings(
                                needed(keystoneUrl, "--keystone-url"),
                                needed(keystoneCredential, "--keystone-credential"),
                                keystoneCache.orElse(KeystoneSettings.REMEMBERED_FOR)),
                        known,
                        InstantSource.system(),
                        metrics::token);
        };
    }

    private static <T> T needed(Optional<T> value, String option) {
        return value.orElseThrow(() -> new IllegalArgumentException("--auth keystone needs " + option));
    }

    /** Reads {@code 10.0.0.0/8}. */
    static final class Prefix implements ITypeConverter<Cidr> {
        @Override
        public Cidr convert(String text) {
            try {
                return new Cidr(text);
            } catch (IllegalArgumentException wrong) {
                throw new CommandLine.TypeConversionException(String.valueOf(wrong.getMessage()));
            }
        }
    }
}
