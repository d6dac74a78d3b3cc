package io.isthmus.cli;

import java.util.List;
import java.util.Locale;

/**
 * A controller without sites behind it: speaks the API as far as the command uses it. Connections are built by a script that
 * goes one step on whenever an operation is read, so that a run needs no clock.
 */
public final class FakeIsthmus implements AutoCloseable {
    private final FakeStore store;
    private final FakeWire wire;

    public FakeIsthmus() {
        this(0, true);
    }

    private FakeIsthmus(int port, boolean stepsOnRead) {
        store = new FakeStore(this::announce, stepsOnRead);
        wire = new FakeWire(port, store::answer);
    }

    /** Serves the worked example until it is killed, a step every 700 ms: to look at the command in a terminal. */
    public static void main(String[] args) throws InterruptedException {
        var fake = new FakeIsthmus(args.length > 0 ? Integer.parseInt(args[0]) : 8642, false).withWorkedExample();
        if (args.length > 1) {
            fake.failAt(args[1]);
        }
        while (true) {
            Thread.sleep(700);
            fake.step();
        }
    }

    public String url() {
        return wire.url();
    }

    /** The sites a, b, c and d and the links a-b, a-c, b-c and a-d. */
    public FakeIsthmus withWorkedExample() {
        site("a", "dc-a", 50.11, 8.68, "DE");
        site("b", "dc-b", 48.86, 2.35, "FR");
        site("c", "dc-c", 41.90, 12.50, "IT");
        site("d", "dc-d", 59.33, 18.07, "SE");
        link("a", "b", 5);
        link("a", "c", 10);
        link("b", "c", 20);
        link("a", "d", 12);
        return this;
    }

    private void site(String id, String name, double latitude, double longitude, String country) {
        add("sites", """
            {"id": "%s", "name": "%s", "location": {"latitude": %s, "longitude": %s, "country": "%s"},
             "failure_domains": ["grid-%s"],
             "cloud": {"kind": "region", "auth_url": "http://keystone.example:5000/v3", "region_name": "Region%s",
                       "physical_network": "interdc", "vlan_range": "2000-2999", "credential_id": "isthmus"},
             "gateways": [{"name": "gw-%s", "driver": "frr", "tunnel_address": "10.255.0.1", "asn": 65001,
                           "max_mtu": 1500, "capacity_mbps": 1000, "management": {"host": "192.0.2.1", "port": 22}}],
             "admin_state_up": true, "status": "online", "tags": []}""".formatted(id, name, latitude, longitude, country, id, id.toUpperCase(Locale.ROOT), id));
    }

    private void link(String a, String z, int latency) {
        add("links", """
            {"id": "%s", "name": "%s-%s", "a_site": "%s", "z_site": "%s", "latency_ms": %d, "capacity_mbps": 1000,
             "reserved_mbps": 0, "mtu": 1500, "cost": 1, "failure_domains": [], "admin_state_up": true,
             "oper_status": "up"}""".formatted(store.nextId(), a, z, a, z, latency));
    }

    /** Stores an object as it is, with a revision. */
    public FakeIsthmus add(String collection, String json) {
        store.add(collection, json);
        return this;
    }

    /** Whatever is sent to that path is answered with this. */
    public FakeIsthmus answering(String path, String json) {
        store.fix(path, json);
        return this;
    }

    /** Makes that step at the remote site fail in every connection that is built from now on. */
    public FakeIsthmus failAt(String step) {
        store.failAt(step);
        return this;
    }

    /** Connections stay where they are. */
    public FakeIsthmus stuck() {
        store.stick();
        return this;
    }

    /** The next requests that change something are carried out, but not answered. */
    public FakeIsthmus loseReplies(int count) {
        wire.loseReplies(count);
        return this;
    }

    public FakeIsthmus pagesOf(int size) {
        store.pagesOf(size);
        return this;
    }

    List<FakeWire.Request> requests() {
        return wire.requests();
    }

    FakeWire.Request last(String method) {
        return requests().stream()
                .filter(request -> request.method().equals(method))
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    public int count(String collection) {
        return store.count(collection);
    }

    public void announce(String event) {
        wire.announce(event);
    }

    /** One script step for everything that is being built or taken away. */
    public void step() {
        store.step();
    }

    @Override
    public void close() {
        wire.close();
    }
}
