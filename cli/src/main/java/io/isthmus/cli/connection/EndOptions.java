package io.isthmus.cli.connection;

import io.isthmus.cli.command.Resource;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Setting;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.endpoint.EndpointCommands;
import io.isthmus.cli.endpoint.NetworkOptions;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.site.SiteChoice;
import java.util.Locale;
import java.util.Optional;

/** One end of a new connection as options: an endpoint that exists, or a site and a network there. */
final class EndOptions {
    private final Session session;
    private final String role;
    private final Setting<String> endpoint;
    private final SiteChoice site;
    private final NetworkOptions network;

    /** @param role {@code local} or {@code remote} */
    EndOptions(Syntax syntax, Session session, String role) {
        this.session = session;
        this.role = role;
        this.site = new SiteChoice(syntax, session, role + "-");
        this.network = new NetworkOptions(syntax, role + "-");
        this.endpoint = syntax.text("--" + role + "-endpoint", "ENDPOINT", "An endpoint that exists, by id or name.");
    }

    /** Whether options say which end this is, so that no argument is needed for it. */
    boolean isNamed() {
        return site.isBySelector() || endpoint.value().isPresent();
    }

    /** Whether this end needs a prefix that was not written for it. */
    boolean needsPrefix() {
        return endpoint.value().isEmpty() && !network.isGiven();
    }

    boolean joinsExisting() {
        return endpoint.value().isPresent() || network.joinsExisting();
    }

    Optional<NetworkOptions.Prefix> prefix() {
        return network.cidr().map(cidr -> new NetworkOptions.Prefix(cidr, "--" + role + "-cidr"));
    }

    /** Refuses, before anything is asked of the controller, what cannot be meant. */
    void check(Optional<String> argument) {
        if (endpoint.value().isEmpty()) {
            site.check(label(), argument);
        } else if (argument.isPresent() || site.isBySelector() || network.isGiven()) {
            throw Failure.usage(endpoint.name() + " says it all: name no site or network for that end.");
        }
    }

    void put(Document document, Optional<String> argument, Optional<NetworkOptions.Prefix> usual) {
        var pointer = "/" + role + "_endpoint";
        if (endpoint.value().isEmpty()) {
            site.put(document, pointer + "/site", label(), argument);
            network.put(document, pointer + "/network", usual);
            return;
        }
        document.put(
                pointer, endpoint.name(), new Resource(EndpointCommands.KIND, session.api()).id(endpoint.required()));
    }

    private String label() {
        return role.toUpperCase(Locale.ROOT);
    }
}
