package io.isthmus.core.diagnosis;

import io.isthmus.core.diagnosis.Evidence.SiteEvidence;
import java.util.ArrayList;
import java.util.List;

/** Finds what is wrong from what was read. It knows no time and asks nobody. */
public final class Diagnostician {
    private final Evidence evidence;
    private final Findings findings = new Findings();

    private Diagnostician(Evidence evidence) {
        this.evidence = evidence;
    }

    public static Diagnosis diagnose(Evidence evidence) {
        return new Diagnostician(evidence).diagnosis();
    }

    private Diagnosis diagnosis() {
        var links = new LinkRules(evidence, findings);
        for (var place : evidence.places()) {
            gateway(place, links);
            parts(place);
            place.cloud().ifPresent(cloud -> new CloudRules(place.place(), findings).apply(cloud));
        }
        new AddressRules(evidence, findings).apply();
        new CrossingRules(evidence, findings).apply();
        return new Diagnosis(Ranking.ranked(findings.found()), findings.healthy(), findings.unchecked());
    }

    private void gateway(SiteEvidence place, LinkRules links) {
        switch (place.gateway()) {
            case Reading.Failed<GatewayReading> failed -> {
                findings.failed(place.place(), Layer.ACCESS, failed);
                findings.unchecked(place.place(), Layer.DAEMONS, "the gateway could not be asked");
                findings.unchecked(place.place(), Layer.UNDERLAY, "the gateway could not be asked");
            }
            case Reading.NotTried<GatewayReading>(var why) -> findings.unchecked(place.place(), Layer.ACCESS, why);
            case Reading.Read<GatewayReading>(var gateway) -> {
                findings.healthy(place.place(), Layer.ACCESS, "the gateway lets this node in and answers");
                new DaemonRules(place.place(), findings).apply(gateway);
                links.apply(place, gateway);
            }
        }
    }

    private void parts(SiteEvidence place) {
        if (place.intent().isEmpty()) {
            return;
        }
        switch (place.parts()) {
            case Reading.Read<PartsReading>(var parts) ->
                new PartsRules(place.place(), place.intent().get(), findings)
                        .apply(parts, place.gateway().found());
            case Reading.Failed<PartsReading> failed -> {
                if (place.gateway().found().isPresent()) {
                    findings.failed(place.place(), Layer.TUNNEL, failed);
                }
                notRead(place, failed.detail());
            }
            case Reading.NotTried<PartsReading>(var why) -> notRead(place, why);
        }
    }

    private void notRead(SiteEvidence place, String why) {
        for (var layer : List.of(Layer.OVERLAY, Layer.TUNNEL, Layer.HANDOFF)) {
            findings.unchecked(place.place(), layer, why);
        }
    }

    /** What the rules have found so far. */
    static final class Findings {
        private final List<Finding> found = new ArrayList<>();
        private final List<Diagnosis.Check> healthy = new ArrayList<>();
        private final List<Diagnosis.Check> unchecked = new ArrayList<>();

        void add(Finding finding) {
            found.add(finding);
        }

        /** A tool's or a server's own failure, on the layer that its code belongs to. */
        void failed(Place place, Layer usual, Reading.Failed<?> failed) {
            add(place.error(
                    layer(failed.code(), usual),
                    failed.code(),
                    failed.detail(),
                    List.of(failed.detail()),
                    failed.hint()));
        }

        private static Layer layer(String code, Layer usual) {
            return code.startsWith("credential_") || code.equals("keystone_rejected") ? Layer.CREDENTIAL : usual;
        }

        void healthy(Place place, Layer layer, String detail) {
            healthy.add(place.check(layer, detail));
        }

        void unchecked(Place place, Layer layer, String why) {
            unchecked.add(place.check(layer, why));
        }

        int count() {
            return found.size();
        }

        List<Finding> found() {
            return found;
        }

        List<Diagnosis.Check> healthy() {
            return healthy;
        }

        List<Diagnosis.Check> unchecked() {
            return unchecked;
        }
    }
}
