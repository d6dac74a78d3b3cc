package io.isthmus.southbound.openstack;

import io.isthmus.core.site.Cloud;
import io.isthmus.southbound.CloudDriver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the fake cloud. */
class FakeCloudDriverTest extends CloudDriverContract {
    private static final FakeClouds CLOUDS = new FakeClouds();
    private static final OpenStackDriver DRIVER = CLOUDS.driver(FakeClouds.PATIENT);
    private static CloudOperator operator;

    @BeforeAll
    static void signIn() throws Exception {
        operator = CLOUDS.operator();
    }

    @AfterAll
    static void close() {
        operator.close();
        DRIVER.close();
        CLOUDS.close();
    }

    @Override
    Cloud cloud() {
        return CLOUDS.cloud();
    }

    @Override
    CloudDriver driver() {
        return DRIVER;
    }

    @Override
    CloudOperator operator() {
        return operator;
    }

    @Override
    int vlan() {
        return 2100;
    }
}
