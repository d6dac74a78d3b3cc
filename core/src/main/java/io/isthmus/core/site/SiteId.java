package io.isthmus.core.site;

import java.util.regex.Pattern;

/** The id of a site, as operators write it: {@code b} or {@code paris-1}. */
public record SiteId(String name) implements Comparable<SiteId> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    public SiteId {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a site id must match " + NAME + ": " + name);
        }
    }

    @Override
    public int compareTo(SiteId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
