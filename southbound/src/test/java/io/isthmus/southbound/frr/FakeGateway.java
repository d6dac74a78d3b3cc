package io.isthmus.southbound.frr;

import io.isthmus.core.network.IpAddress;
import io.isthmus.core.site.Gateway;
import io.isthmus.southbound.Credential;
import io.isthmus.southbound.Credentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;

/**
 * A gateway that is an SSH server on loopback and a memory of what was put on it. It reads the values and the calls of a
 * script, not its shell, and answers in the forms of the real tools.
 */
public final class FakeGateway implements AutoCloseable {
    public static final String CREDENTIAL = "fake-gateways";
    private static final KeyPair HOST = pair();
    private static final KeyPair CLIENT = pair();
    private static final String CLIENT_PEM = pem(CLIENT);

    private final String name;
    private final String tunnelAddress;
    private final long asn;
    private final FakeUnderlay underlay;
    private final FakeGatewayState state;
    private final SshServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger scripts = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;
    private volatile Duration latency = Duration.ZERO;

    /** What can be wrong with it. */
    public enum Fault {
        NONE,
        REFUSE_KEY,
        HANG_AT_AUTHENTICATION,
        HANG_AT_EXECUTION,
        /** The session ends when half of a script has run. */
        CLOSE_MIDWAY,
        /** A script ends well and has printed nothing. */
        NO_ANSWER,
        NO_VTYSH,
        FRR_DOWN,
        /** FRR's shell is ended by its time limit. */
        FRR_FROZEN,
        /** The first step of a script fails. */
        FAIL
    }

    public FakeGateway(FakeUnderlay underlay, String name, String tunnelAddress, long asn) {
        this.underlay = underlay;
        this.name = name;
        this.tunnelAddress = tunnelAddress;
        this.asn = asn;
        this.state = new FakeGatewayState(this, underlay);
        this.server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        server.setKeyPairProvider(KeyPairProvider.wrap(HOST));
        server.setPublickeyAuthenticator((user, key, session) -> {
            if (fault == Fault.HANG_AT_AUTHENTICATION) {
                awaitClose();
            }
            sessions.incrementAndGet();
            return fault != Fault.REFUSE_KEY && KeyUtils.compareKeys(key, CLIENT.getPublic());
        });
        server.setCommandFactory((channel, command) -> new FakeGatewayCommand(this, state, command));
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        underlay.add(this);
    }

    /** As a site would describe it. */
    public Gateway gateway() {
        return gateway(Map.of());
    }

    /** The same with some {@code management} fields changed. */
    public Gateway gateway(Map<String, String> changed) {
        var management = new java.util.HashMap<>(Map.of(
                "host",
                "127.0.0.1",
                "port",
                Integer.toString(server.getPort()),
                "username",
                "isthmus",
                "credential_id",
                CREDENTIAL,
                "host_key",
                PublicKeyEntry.toString(HOST.getPublic()),
                "bridge",
                "br-interdc"));
        management.putAll(changed);
        return new Gateway(name, "frr", management, new IpAddress(tunnelAddress), asn, 1500, 10_000);
    }

    /** The key that every fake gateway lets in. */
    public static Credentials credentials() {
        return id -> id.equals(CREDENTIAL)
                ? Optional.of(new Credential.SshKey(CLIENT_PEM, Optional.empty()))
                : Optional.empty();
    }

    public void fault(Fault fault) {
        this.fault = fault;
    }

    /** Every script takes so much longer. */
    public void latency(Duration latency) {
        this.latency = latency;
    }

    /** How many scripts it was given. */
    public int scripts() {
        return scripts.get();
    }

    /** How many times a key was shown to it. */
    public int authentications() {
        return sessions.get();
    }

    /** As somebody might by hand: sets a value of an object, such as {@code vxlan} and {@code mtu}, of that VNI. */
    public void change(int vni, String object, String value, String text) {
        state.change(vni, object, value, text);
    }

    /** As somebody might by hand. */
    public void remove(int vni, String object) {
        state.remove(vni, object);
    }

    boolean reaches(String address) {
        return underlay.others(this).stream().anyMatch(other -> other.tunnelAddress.equals(address));
    }

    Fault fault() {
        return fault;
    }

    Duration latency() {
        return latency;
    }

    String tunnelAddress() {
        return tunnelAddress;
    }

    long asn() {
        return asn;
    }

    FakeGatewayState state() {
        return state;
    }

    void countScript() {
        scripts.incrementAndGet();
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        underlay.remove(this);
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static KeyPair pair() {
        try {
            return KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(KeyPair pair) {
        var text = new ByteArrayOutputStream();
        try {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "fake", null, text);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
