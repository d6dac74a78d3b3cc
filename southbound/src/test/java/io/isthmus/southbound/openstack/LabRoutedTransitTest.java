package io.isthmus.southbound.openstack;

import io.isthmus.core.site.Cloud;
import io.isthmus.southbound.CloudDriver;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract on the lab's real Keystone and Neutron. */
@Tag("lab")
class LabRoutedTransitTest extends RoutedTransitContract {
    private static Lab lab;
    private static OpenStackDriver driver;
    private static CloudOperator operator;

    @BeforeAll
    static void signIn() throws Exception {
        lab = Lab.read();
        driver = lab.driver();
        operator = lab.operator("b");
    }

    @AfterAll
    static void close() {
        operator.close();
        driver.close();
    }

    @Override
    Cloud cloud() {
        return lab.cloud("b");
    }

    @Override
    CloudDriver driver() {
        return driver;
    }

    @Override
    CloudOperator operator() {
        return operator;
    }

    @Override
    int vlan() {
        return cloud().vlanRange().last() - 19;
    }

    @Override
    List<Integer> halfMade() {
        return List.of(2, 4);
    }

    @Override
    int rounds() {
        return 2;
    }
}
