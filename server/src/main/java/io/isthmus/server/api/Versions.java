package io.isthmus.server.api;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The microversions that are served, and the header that asks for one (OpenStack API guidelines, microversions). */
final class Versions {
    static final String HEADER = "OpenStack-API-Version";
    static final String SERVICE = "georedundancy";
    static final String ONLY = "1.0";
    /** As replies name it. */
    static final String SERVED = SERVICE + " " + ONLY;

    private static final Pattern ENTRY = Pattern.compile("\\s*" + SERVICE + "(?:\\s+(\\S+))?\\s*");
    private static final Set<String> KNOWN = Set.of(ONLY, "latest");

    private Versions() {}

    /**
     * Looks at what all headers of that name ask of this service; what they ask of others is no matter.
     *
     * @throws Problem.UnknownVersion if it is not served
     */
    static void check(List<String> headers) {
        for (var header : headers) {
            for (var entry : header.split(",", -1)) {
                var match = ENTRY.matcher(entry);
                if (!match.matches()) {
                    continue;
                }
                var version = match.group(1);
                if (version == null || !KNOWN.contains(version)) {
                    throw new Problem.UnknownVersion("version %s is not known; the only one is %s"
                            .formatted(version == null ? "(none)" : version, SERVED));
                }
            }
        }
    }
}
