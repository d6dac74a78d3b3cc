package io.isthmus.core.site;

import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The VLAN ids that Isthmus may use on a physical network: both ends belong to it, within 1 to 4094. */
public record VlanRange(int first, int last) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})[-:](\\d{1,4})");

    public VlanRange {
        if (first < 1 || last > 4094 || first > last) {
            throw new IllegalArgumentException(
                    "a VLAN range is FIRST-LAST within 1-4094, FIRST not above LAST: " + first + "-" + last);
        }
    }

    /** Reads {@code 2000-2999} (or Neutron's {@code 2000:2999}). */
    public static VlanRange parse(String text) {
        var match = TEXT.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("a VLAN range is written FIRST-LAST, such as 2000-2999: " + text);
        }
        return new VlanRange(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
    }

    public boolean contains(int vlan) {
        return first <= vlan && vlan <= last;
    }

    public IntStream ids() {
        return IntStream.rangeClosed(first, last);
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
