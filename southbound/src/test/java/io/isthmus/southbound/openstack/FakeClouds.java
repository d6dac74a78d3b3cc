package io.isthmus.southbound.openstack;

import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.core.site.VlanRange;
import io.isthmus.southbound.Credential;
import io.isthmus.southbound.Credentials;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** A fake Keystone and Neutron with a user, ready to be driven. */
final class FakeClouds implements AutoCloseable {
    static final Credential.KeystonePassword USER =
            new Credential.KeystonePassword("isthmus", "open-sesame", "Default", "network-operations", "Default");
    static final String REGION = "RegionB";
    static final String PHYSICAL_NETWORK = "interdc";
    static final VlanRange VLANS = new VlanRange(2000, 2999);
    /** Short enough that a silent server does not keep a test waiting. */
    static final OpenStackOptions QUICK = OpenStackOptions.DEFAULTS
            .withTimeouts(Duration.ofMillis(150), Duration.ofMillis(150), Duration.ofSeconds(10))
            .withReadRetries(3, Duration.ofMillis(1));
    /** For calls that must not run out of time on a busy machine. */
    static final OpenStackOptions PATIENT = OpenStackOptions.DEFAULTS.withReadRetries(3, Duration.ofMillis(1));

    final FakeKeystone keystone;
    final FakeNeutron neutron;

    FakeClouds() {
        this(InstantSource.system());
    }

    FakeClouds(InstantSource clock) {
        keystone = new FakeKeystone(clock).withUser(USER, true);
        neutron = new FakeNeutron(keystone, PHYSICAL_NETWORK);
        keystone.withRegion(REGION, neutron.url());
    }

    static Credentials credentials(Credential credential) {
        return id -> id.equals("fake") ? Optional.of(credential) : Optional.empty();
    }

    OpenStackDriver driver(OpenStackOptions options) {
        return new OpenStackDriver(credentials(USER), options, InstantSource.system());
    }

    Cloud cloud() {
        return cloud(REGION);
    }

    Cloud cloud(String region) {
        return new Cloud(
                CloudKind.REGION, keystone.authUrl(), region, Optional.empty(), PHYSICAL_NETWORK, VLANS, "fake");
    }

    CloudOperator operator() throws IOException, InterruptedException {
        return new CloudOperator(keystone.authUrl(), USER, neutron.url());
    }

    @Override
    public void close() {
        neutron.close();
        keystone.close();
    }
}
