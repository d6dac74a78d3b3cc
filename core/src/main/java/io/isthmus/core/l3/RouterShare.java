package io.isthmus.core.l3;

import io.isthmus.core.network.Cidr;
import java.util.List;

/**
 * What one side's router gives to a connection.
 *
 * @param prefixes behind the router, for the other side to reach
 * @param translations of those prefixes that the other side knows by another name
 */
public record RouterShare(String routerId, List<Cidr> prefixes, List<Translation> translations) {
    public RouterShare {
        prefixes = List.copyOf(prefixes);
        translations = List.copyOf(translations);
    }

    /** Its prefixes as the other side knows them. */
    public List<Cidr> visible() {
        return prefixes.stream().map(this::visible).toList();
    }

    private Cidr visible(Cidr prefix) {
        return translations.stream()
                .filter(translation -> translation.prefix().equals(prefix))
                .map(Translation::translatedPrefix)
                .findFirst()
                .orElse(prefix);
    }
}
