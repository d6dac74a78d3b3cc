package io.isthmus.core.backup;

import io.isthmus.core.site.SiteId;
import java.time.Instant;
import java.util.Optional;

/**
 * How a chosen backup stands.
 *
 * <pre>
 *   KEPT ──breaks a limit──▶ SUSPECT ──still, a while later──▶ BROKEN (told) ──keeps all──▶ MENDING
 *    ▲                          │                                ▲                            │ │
 *    │◀────keeps all again──────┘                                └──────breaks one again──────┘ │
 *    └──────────────────────────────still, a longer while later (told)──────────────────────────┘
 * </pre>
 *
 * @param since when this phase began
 * @param breach the limit that is broken, or was when it was last told
 * @param proposal the site that would do instead, if there is one
 */
public record Standing(Phase phase, Instant since, Optional<Breach> breach, Optional<SiteId> proposal) {
    /** Of the way between kept and broken. */
    public enum Phase {
        KEPT,
        SUSPECT,
        BROKEN,
        MENDING
    }

    /** A limit that the backup breaks; value and limit as people read them, empty where they are not known. */
    public record Breach(String criterion, String value, String limit, String reason) {
        static Breach of(BackupChoice.Rejected rejected) {
            return new Breach(
                    rejected.criterion().word(), text(rejected.value()), text(rejected.limit()), rejected.reason());
        }

        private static String text(Measure measure) {
            return switch (measure) {
                case Measure.Amount(var value)
                when value == Math.rint(value) && Math.abs(value) < 1e15 -> Long.toString((long) value);
                case Measure.Amount(var value) -> Double.toString(value);
                case Measure.Words(var words) -> words;
                case Measure.Unknown() -> "";
            };
        }
    }

    public Standing {
        if ((phase == Phase.KEPT) != breach.isEmpty()) {
            throw new IllegalArgumentException("a backup that is kept breaks nothing, any other something: " + phase);
        }
    }

    public static Standing kept(Instant since) {
        return new Standing(Phase.KEPT, since, Optional.empty(), Optional.empty());
    }
}
