package io.isthmus.cli.site;

import io.isthmus.cli.command.Resource;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Setting;
import io.isthmus.cli.command.SiteSelector;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.Failure;
import java.util.Optional;

/**
 * How an operator says which site is meant: by id, by name, or by parts of its cloud, be it in one word
 * ({@code region:RegionBC,cell:cell-b}) or by options ({@code --local-cell}).
 */
public final class SiteChoice {
    private final Session session;
    private final Setting<String> authUrl;
    private final Setting<String> region;
    private final Setting<String> cell;

    /**
     * Declares the selector options.
     *
     * @param prefix of the options: {@code local-}, or nothing
     */
    public SiteChoice(Syntax syntax, Session session, String prefix) {
        this.session = session;
        var whose = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1) + " ";
        this.region = syntax.text("--" + prefix + "region", "REGION", "The " + whose + "site by its cloud's region …");
        this.cell = syntax.text("--" + prefix + "cell", "CELL", "… and cell …");
        this.authUrl =
                syntax.text("--" + prefix + "auth-url", "URL", "… and Keystone, as far as needed to be unambiguous.");
    }

    public boolean isBySelector() {
        return authUrl.value().isPresent()
                || region.value().isPresent()
                || cell.value().isPresent();
    }

    /**
     * Puts the site into a request at {@code pointer}: its id, or a selector that the controller resolves.
     *
     * @param label what the argument for it is called
     */
    public void put(Document document, String pointer, String label, Optional<String> idOrName) {
        check(label, idOrName);
        if (isBySelector()) {
            document.put(pointer + "/auth_url", authUrl.name(), authUrl.value());
            document.put(pointer + "/region_name", region.name(), region.value());
            document.put(pointer + "/cell", cell.name(), cell.value());
        } else {
            var sites = new Resource(Sites.KIND, session.api());
            document.put(pointer, label, idOrName.map(text -> SiteSelector.isSelector(text) ? text : sites.id(text)));
        }
    }

    /** Refuses where the site is named twice, or not at all. */
    public void check(String label, Optional<String> idOrName) {
        if (isBySelector() && idOrName.isPresent()) {
            throw Failure.usage("Say either " + label + " or " + options() + ", not both.");
        }
        if (!isBySelector() && idOrName.isEmpty()) {
            throw Failure.usage("Missing: " + label + " (or " + options() + ")");
        }
    }

    private String options() {
        return region.name() + ", " + cell.name() + ", " + authUrl.name();
    }
}
