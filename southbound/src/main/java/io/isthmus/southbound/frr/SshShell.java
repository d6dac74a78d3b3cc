package io.isthmus.southbound.frr;

import io.isthmus.southbound.Credentials;
import io.isthmus.southbound.Traced;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;

/** A shell on each gateway over one standing SSH session. */
final class SshShell implements GatewayShell {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final Credentials credentials;
    private final FrrLimits limits;
    private final SshClient client;
    private final ConcurrentMap<Target, SshGateway> gateways = new ConcurrentHashMap<>();

    SshShell(Credentials credentials, FrrLimits limits) {
        this.credentials = credentials;
        this.limits = limits;
        this.client = client(limits);
        client.start();
    }

    /** A client that takes nothing from its machine: no keys, no agent, no configuration, no known hosts. */
    private static SshClient client(FrrLimits limits) {
        var client = SshClient.setUpDefaultClient();
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setAgentFactory(null);
        client.setUserAuthFactories(java.util.List.of(UserAuthPublicKeyFactory.INSTANCE));
        client.setServerKeyVerifier(HostKeyCheck::verify);
        client.addSessionListener(HostKeyCheck.LISTENER);
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        CoreModuleProperties.SOCKET_KEEPALIVE.set(client, true);
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, 2);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.AUTH_TIMEOUT.set(
                client, limits.connect().plus(limits.authentication()).plusSeconds(1));
        return client;
    }

    @Override
    public Answer run(Target target, String script, Duration limit, Consumer<String> line) throws InterruptedException {
        if (!client.isStarted()) {
            return new Answer.Unreachable(Failures.unreachable(target, "this node is stopping"));
        }
        var gateway = gateways.computeIfAbsent(target, key -> new SshGateway(key, client, credentials, limits));
        try (var traced = Traced.call("ssh", Map.of("server.address", target.toString()))) {
            var answer = gateway.run(command(script, limit), limit, line);
            switch (answer) {
                case Answer.Ended(var status, var _, var _) -> traced.note("process.exit.code", status);
                case Answer.Silent _ -> traced.failed("silent");
                case Answer.Refused(var failure) -> traced.failed(failure.code());
                case Answer.Unreachable(var failure) -> traced.failed(failure.code());
            }
            return answer;
        }
    }

    @Override
    public Answer knock(Target target) throws InterruptedException {
        if (!client.isStarted()) {
            return new Answer.Unreachable(Failures.unreachable(target, "this node is stopping"));
        }
        return new SshGateway(target, client, credentials, limits).knock();
    }

    /** Ends by itself before the caller gives up, so that nothing changes on the gateway after that. */
    private static String command(String script, Duration limit) {
        var seconds = Math.max(1, limit.toSeconds() - 1);
        return "exec timeout -k 1 " + seconds + " sh -c " + Script.quoted(script);
    }

    @Override
    public void close() {
        client.stop();
        gateways.clear();
    }
}
