package io.isthmus.southbound;

import io.isthmus.core.diagnosis.CloudReading;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.site.Cloud;
import java.util.List;
import java.util.Optional;

/** Looks at a cloud for a diagnosis. It changes nothing, and every call has a time limit of its own. */
public interface CloudExaminer {

    /**
     * Asks Keystone for a new token, and Neutron for its agents and, if a connection is given, its network and ports.
     *
     * @param prefixes of the joined networks, which the ports' security groups should let in
     */
    CloudReading examine(Cloud cloud, Optional<NetworkIntent> intent, List<Cidr> prefixes) throws InterruptedException;
}
