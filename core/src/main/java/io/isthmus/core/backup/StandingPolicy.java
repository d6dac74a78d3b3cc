package io.isthmus.core.backup;

import io.isthmus.core.backup.BackupChoice.Rejected;
import io.isthmus.core.backup.Standing.Breach;
import io.isthmus.core.backup.Standing.Phase;
import io.isthmus.core.site.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides how a chosen backup stands, and what is worth telling. A limit has to be broken for {@code breaksAfter} before the
 * backup counts as broken, and kept for {@code mendsAfter} before it does no longer, so that what flaps is told once. A proposal stays
 * as long as it would do, however little it is outscored. Nothing is moved.
 */
public record StandingPolicy(Duration breaksAfter, Duration mendsAfter) {
    public static final StandingPolicy USUAL = new StandingPolicy(Duration.ofSeconds(15), Duration.ofSeconds(60));

    /** What is told. */
    public enum News {
        BROKEN,
        /** Another site is proposed than before. */
        PROPOSAL_CHANGED,
        KEPT_AGAIN
    }

    public record Decision(Standing next, Optional<News> news) {}

    public Decision decide(Standing standing, BackupReview review, Instant now) {
        var broken = review.broken();
        return switch (standing.phase()) {
            case KEPT ->
                broken.map(rejected -> quiet(
                                new Standing(Phase.SUSPECT, now, Optional.of(Breach.of(rejected)), Optional.empty())))
                        .orElseGet(() -> quiet(standing));
            case SUSPECT ->
                broken.map(rejected -> whenSuspect(standing, rejected, review, now))
                        .orElseGet(() -> quiet(Standing.kept(now)));
            case BROKEN ->
                broken.map(rejected -> whenBroken(standing, rejected, review))
                        .orElseGet(
                                () -> quiet(new Standing(Phase.MENDING, now, standing.breach(), standing.proposal())));
            case MENDING ->
                broken.map(rejected -> whenBroken(
                                new Standing(Phase.BROKEN, now, standing.breach(), standing.proposal()),
                                rejected,
                                review))
                        .orElseGet(() -> hasLasted(standing, mendsAfter, now)
                                ? new Decision(Standing.kept(now), Optional.of(News.KEPT_AGAIN))
                                : quiet(standing));
        };
    }

    private Decision whenSuspect(Standing standing, Rejected rejected, BackupReview review, Instant now) {
        var breach = Optional.of(Breach.of(rejected));
        return hasLasted(standing, breaksAfter, now)
                ? new Decision(new Standing(Phase.BROKEN, now, breach, best(review)), Optional.of(News.BROKEN))
                : quiet(new Standing(Phase.SUSPECT, standing.since(), breach, Optional.empty()));
    }

    private static Decision whenBroken(Standing standing, Rejected rejected, BackupReview review) {
        boolean stillGood = standing.proposal().flatMap(review::candidate).isPresent();
        var proposal = stillGood ? standing.proposal() : best(review);
        // The value may have moved a little; what is stored is what was told.
        var breach = standing.breach()
                .filter(told -> told.criterion().equals(rejected.criterion().word()))
                .orElseGet(() -> Breach.of(rejected));
        var next = new Standing(Phase.BROKEN, standing.since(), Optional.of(breach), proposal);
        return proposal.equals(standing.proposal())
                ? quiet(next)
                : new Decision(next, Optional.of(News.PROPOSAL_CHANGED));
    }

    private static Optional<SiteId> best(BackupReview review) {
        return review.candidates().stream().map(BackupChoice.Candidate::site).findFirst();
    }

    private static boolean hasLasted(Standing standing, Duration time, Instant now) {
        return !now.isBefore(standing.since().plus(time));
    }

    private static Decision quiet(Standing next) {
        return new Decision(next, Optional.empty());
    }
}
