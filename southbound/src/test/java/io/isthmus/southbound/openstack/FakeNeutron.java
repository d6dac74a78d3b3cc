package io.isthmus.southbound.openstack;

import io.isthmus.southbound.openstack.FakeServer.Reply;
import io.isthmus.southbound.openstack.FakeServer.Request;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * A Neutron v2.0 with networks, subnets and ports, that behaves like the real one (release 21, ML2 with VLANs) where the driver
 * can tell: filters, fields, pages, refusals and their words.
 */
public final class FakeNeutron implements AutoCloseable {
    private final FakeKeystone keystone;
    private final FakeNetworks networks;
    private final FakeServer server;
    private volatile boolean atomicRoutes = true;

    public FakeNeutron(FakeKeystone keystone, String physicalNetwork) {
        this(keystone, physicalNetwork, Optional.empty());
    }

    FakeNeutron(FakeKeystone keystone, String physicalNetwork, Optional<SSLContext> tls) {
        this.keystone = keystone;
        this.networks = new FakeNetworks(physicalNetwork);
        this.server = new FakeServer(this::answer, tls);
    }

    /** For the catalogue: without the API's version, as most clouds have it. */
    public URI url() {
        return server.url();
    }

    /** Whether it can add routes to a router's by itself, as releases before 15 cannot. */
    public void atomicRoutes(boolean can) {
        atomicRoutes = can;
    }

    /** All routers, with Neutron's field names. */
    public List<Map<String, Object>> routers() {
        return networks.all("routers");
    }

    /** Waits this long before each answer. */
    public void latency(Duration duration) {
        server.latency(duration);
    }

    /** Fails the next {@code times} requests. */
    public void failNext(Fault fault, int times) {
        server.fail(fault, request -> true, 0, times);
    }

    /** Fails the next {@code times} requests of a method whose path ends with {@code path}. */
    public void failNext(Fault fault, String method, String path, int times) {
        server.fail(
                fault,
                request -> request.method().equals(method) && request.path().endsWith(path),
                0,
                times);
    }

    /** Fails one request, after {@code skip} others. */
    public void failOnce(Fault fault, int skip) {
        server.fail(fault, request -> true, skip, 1);
    }

    void failWhen(Fault fault, Predicate<Request> when) {
        server.fail(fault, when, 0, Integer.MAX_VALUE);
    }

    public void failNoMore() {
        server.failNoMore();
    }

    /** How many requests changed something, or tried to. */
    public long writes() {
        return server.requests().stream()
                .filter(request -> !request.method().equals("GET"))
                .count();
    }

    /** How many requests came. */
    public int requestCount() {
        return server.requests().size();
    }

    public void forgetRequests() {
        server.forgetRequests();
    }

    List<Request> requests() {
        return server.requests();
    }

    /** All networks, with Neutron's field names. */
    public List<Map<String, Object>> networks() {
        return networks.all("networks");
    }

    public List<Map<String, Object>> subnets() {
        return networks.all("subnets");
    }

    private Reply answer(Request request) {
        var granted = keystone.granted(request.header("x-auth-token"));
        if (granted.isEmpty()) {
            return FakeServer.unauthorized();
        }
        var parts = request.path().split("/", -1);
        if (parts.length == 4 && parts[2].equals("extensions")) {
            return atomicRoutes && parts[3].equals("extraroute-atomic")
                    ? Reply.json(200, Map.of("extension", Map.of("alias", parts[3])))
                    : new Reply(404, Map.of(), "The resource could not be found.");
        }
        if (parts.length < 3 || parts.length > 5 || !parts[1].equals("v2.0")) {
            return new Reply(404, Map.of(), "The resource could not be found.");
        }
        try {
            if (parts.length == 5) {
                return networks.act(request, parts[2], parts[3], parts[4]);
            }
            return networks.answer(request, parts[2], parts.length > 3 ? parts[3] : "", granted.get());
        } catch (FakeNetworks.Refusal refusal) {
            return Reply.json(
                    refusal.status(),
                    Map.of(
                            "NeutronError",
                            Map.of(
                                    "type",
                                    refusal.type(),
                                    "message",
                                    String.valueOf(refusal.getMessage()),
                                    "detail",
                                    "")));
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
