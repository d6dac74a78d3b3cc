package io.isthmus.core.side;

import io.isthmus.core.l3.Translation;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import java.util.List;

/**
 * A router of one connection at one gateway, in the transit, that translates its own side's prefixes 1:1.
 *
 * @param address its own in the transit
 * @param prefixLength of the transit
 * @param router the own side's router, by which {@code prefixes} are reached
 * @param peer the other side's translator, by which {@code remotePrefixes} are reached
 * @param prefixes of the own side, as they are there
 * @param remotePrefixes of the other side, as they are known here
 * @param translations of the own side's prefixes
 */
public record Translator(
        IpAddress address,
        int prefixLength,
        IpAddress router,
        IpAddress peer,
        List<Cidr> prefixes,
        List<Cidr> remotePrefixes,
        List<Translation> translations) {
    public Translator {
        prefixes = List.copyOf(prefixes);
        remotePrefixes = List.copyOf(remotePrefixes);
        translations = List.copyOf(translations);
    }
}
