package io.isthmus.cli.output;

/** What a state means to an operator, as a character that stands before the state's own word. */
public enum Mark {
    GOOD("●"),
    BUSY("◐"),
    WARNING("▲"),
    BAD("✗"),
    QUIET("○");

    private final String sign;

    Mark(String sign) {
        this.sign = sign;
    }

    public String sign() {
        return sign;
    }

    public static Mark of(String state) {
        return switch (state) {
            case "active", "up", "online", "in_sync", "succeeded", "applied" -> GOOD;
            case "requested",
                    "reserving",
                    "provisioning",
                    "updating",
                    "rolling_back",
                    "deleting",
                    "testing",
                    "reconciling",
                    "running",
                    "applying",
                    "removing",
                    "pending_approval" -> BUSY;
            case "degraded", "drifted", "suspended", "maintenance" -> WARNING;
            case "error", "down", "unreachable", "failed", "rolled_back", "rejected" -> BAD;
            default -> QUIET;
        };
    }

    /** The state with its mark before it; empty for an empty state. */
    public static String marked(String state) {
        return state.isEmpty() ? "" : of(state).sign + " " + state;
    }
}
