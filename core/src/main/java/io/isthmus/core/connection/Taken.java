package io.isthmus.core.connection;

import java.util.Set;

/**
 * Numbers that a new connection must not take: reserved by others in the store, or seen in use at the sites.
 *
 * @param localVlans on the local site's physical network
 * @param remoteVlans on the remote site's physical network
 */
public record Taken(Set<Integer> localVlans, Set<Integer> remoteVlans, Set<Integer> vnis) {
    public static final Taken NOTHING = new Taken(Set.of(), Set.of(), Set.of());

    public Taken {
        localVlans = Set.copyOf(localVlans);
        remoteVlans = Set.copyOf(remoteVlans);
        vnis = Set.copyOf(vnis);
    }
}
