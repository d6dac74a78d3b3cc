package io.isthmus.southbound.frr;

import io.isthmus.southbound.frr.GatewayState.TranslatorState;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Turns what {@code ip} and {@code nft} print of a translator's namespace into a record. */
final class TranslatorReader {
    private TranslatorReader() {}

    static TranslatorState state(List<JsonNode> documents) {
        var routes = new ArrayList<String>();
        var translations = new ArrayList<String>();
        var namespace = false;
        for (var document : documents) {
            namespace |= document.path("namespace").asBoolean(false);
            document.path("nftables").forEach(entry -> {
                if (entry.has("rule")) {
                    translations.addAll(translations(entry.path("rule")));
                }
            });
            if (document.isArray()) {
                document.forEach(route -> {
                    if (route.has("dst") && route.has("gateway")) {
                        routes.add(prefix(route.path("dst").asString("")) + " via "
                                + route.path("gateway").asString(""));
                    }
                });
            }
        }
        return new TranslatorState(GatewayReader.links(documents), namespace, routes, translations);
    }

    private static List<String> translations(JsonNode rule) {
        var translations = new ArrayList<String>();
        for (var expression : rule.path("expr")) {
            for (var kind : List.of("snat", "dnat")) {
                var pairs = expression
                        .path(kind)
                        .path("addr")
                        .path("map")
                        .path("data")
                        .path("set");
                pairs.forEach(pair -> translations.add(
                        prefix(pair.path(0)) + (kind.equals("snat") ? " as " : " to ") + prefix(pair.path(1))));
            }
        }
        return translations.isEmpty() ? List.of("another rule in " + GatewayReader.text(rule, "chain")) : translations;
    }

    /** {@code nft} writes a prefix as an object, and a single address as text. */
    private static String prefix(JsonNode node) {
        var prefix = node.path("prefix");
        return prefix.isObject()
                ? prefix.path("addr").asString("") + "/" + prefix.path("len").asInt(0)
                : prefix(node.asString(""));
    }

    private static String prefix(String text) {
        return text.contains("/") ? text : text + "/32";
    }
}
