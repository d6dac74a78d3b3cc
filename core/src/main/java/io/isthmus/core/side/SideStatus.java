package io.isthmus.core.side;

/** How far a side is. */
public enum SideStatus {
    /** Nothing was sent yet. */
    PENDING,
    APPLYING,
    /** Everything wanted was read back. */
    APPLIED,
    REMOVING,
    /** Reading back found nothing of ours. */
    REMOVED
}
