package io.isthmus.core.side;

/**
 * One field of one object at a site that reading back found to be otherwise than wanted.
 *
 * @param object the kind of thing, such as {@code subnet} or {@code vxlan}
 * @param identity which one: a name or an id
 * @param field what differs; {@link #PRESENCE} where the whole object is missing, or is there and should not be
 * @param observed empty text stands for nothing
 * @param foreign whether somebody else made it, so that it is not for Isthmus to change
 */
public record Difference(
        Part part, String object, String identity, String field, String observed, String wanted, boolean foreign) {
    public static final String PRESENCE = "presence";
    public static final String PRESENT = "present";
    public static final String ABSENT = "absent";

    /** Whether it is the same field of the same object, whatever it holds. */
    boolean isAbout(Drift drift) {
        return part == drift.part()
                && object.equals(drift.object())
                && identity.equals(drift.identity())
                && field.equals(drift.field());
    }
}
