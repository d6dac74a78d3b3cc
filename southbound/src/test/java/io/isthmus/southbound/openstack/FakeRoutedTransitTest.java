package io.isthmus.southbound.openstack;

import io.isthmus.core.site.Cloud;
import io.isthmus.southbound.CloudDriver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on the fake cloud, which can be made to lack what older clouds lack. */
class FakeRoutedTransitTest extends RoutedTransitContract {
    private static final FakeClouds CLOUDS = new FakeClouds();
    private static final OpenStackDriver DRIVER = CLOUDS.driver(FakeClouds.PATIENT);
    private static CloudOperator operator;

    @BeforeAll
    static void signIn() throws Exception {
        operator = CLOUDS.operator();
    }

    @AfterEach
    void restore() {
        CLOUDS.neutron.atomicRoutes(true);
    }

    @AfterAll
    static void close() {
        operator.close();
        DRIVER.close();
        CLOUDS.close();
    }

    @Test
    void aNeutronThatAddsNoRoutesByItselfLosesNothingEither() throws Exception {
        CLOUDS.neutron.atomicRoutes(false);
        changeOneRouterAtOnce();
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
        return 2200;
    }
}
