package io.isthmus.server.diagnosis;

import io.isthmus.core.diagnosis.CloudReading;
import io.isthmus.core.diagnosis.Evidence;
import io.isthmus.core.diagnosis.Evidence.SiteEvidence;
import io.isthmus.core.diagnosis.GatewayReading;
import io.isthmus.core.diagnosis.PartsReading;
import io.isthmus.core.diagnosis.Reading;
import io.isthmus.core.link.Link;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.site.Gateway;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.southbound.GatewayExaminer.Destination;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/** Reads everything that a diagnosis needs, of all sites at once, and changes nothing. */
final class Examination {
    private static final Duration LIMIT = Duration.ofSeconds(45);
    /** What VXLAN over IPv4 adds to a packet. */
    private static final int ENCAPSULATION = 50;

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final Examiners examiners;
    private final Crossings crossings;
    private final List<Site> sites;
    private final List<Link> links;

    Examination(Examiners examiners, Crossings crossings, List<Site> sites, List<Link> links) {
        this.examiners = examiners;
        this.crossings = crossings;
        this.sites = List.copyOf(sites);
        this.links = List.copyOf(links);
    }

    /** What is being read at one site. */
    private record Underway(
            Subject subject,
            Future<Reading<GatewayReading>> gateway,
            Optional<Future<Reading<PartsReading>>> parts,
            Optional<Future<Reading<CloudReading>>> cloud) {}

    /** @param path the sites of the connection's path; empty if none is examined */
    Evidence examine(List<Subject> subjects, List<SiteId> path) throws InterruptedException {
        try (var readings = new Readings(LIMIT)) {
            var underway = new ArrayList<Underway>();
            for (var subject : subjects) {
                underway.add(begin(readings, subject));
            }
            var places = new ArrayList<SiteEvidence>();
            for (var each : underway) {
                places.add(end(readings, each));
            }
            var crossed = readings.await(readings.begin(() -> new Reading.Read<>(crossings.of(places))));
            return new Evidence(places, crossed.found().orElse(List.of()), path, links, sites);
        }
    }

    private Underway begin(Readings readings, Subject subject) {
        var gateway = subject.site().gateway();
        return new Underway(
                subject,
                readings.begin(() -> gateway(subject, gateway)),
                subject.intent().map(intent -> readings.begin(() -> parts(intent))),
                subject.examinesCloud() ? Optional.of(readings.begin(() -> cloud(subject))) : Optional.empty());
    }

    private static SiteEvidence end(Readings readings, Underway underway) throws InterruptedException {
        var subject = underway.subject();
        var gateway = readings.await(underway.gateway());
        Reading<PartsReading> parts = new Reading.NotTried<>(subject.why());
        if (underway.parts().isPresent()) {
            parts = readings.await(underway.parts().get());
        }
        var cloud = Optional.<CloudReading>empty();
        if (underway.cloud().isPresent()) {
            cloud = Optional.of(
                    switch (readings.await(underway.cloud().get())) {
                        case Reading.Read<CloudReading>(var value) -> value;
                        case Reading.Failed<CloudReading>(var code, var detail, var hint) ->
                            new CloudReading(new Reading.Failed<>(code, detail, hint), new Reading.NotTried<>(detail));
                        case Reading.NotTried<CloudReading>(var why) ->
                            new CloudReading(new Reading.NotTried<>(why), new Reading.NotTried<>(why));
                    });
        }
        return new SiteEvidence(subject.site(), subject.side(), subject.intent(), gateway, parts, cloud);
    }

    private Reading<GatewayReading> gateway(Subject subject, Optional<Gateway> gateway) throws InterruptedException {
        var examiner = gateway.flatMap(examiners::of);
        if (gateway.isEmpty() || examiner.isEmpty()) {
            return new Reading.NotTried<>("the site has no gateway that can be examined");
        }
        var reading = Readings.of(examiner.get().examine(gateway.get()));
        if (!(reading instanceof Reading.Read<GatewayReading>(var found))) {
            return reading;
        }
        var destinations = destinations(subject, found);
        if (destinations.isEmpty()) {
            return reading;
        }
        return Readings.of(examiner.get().reach(gateway.get(), destinations))
                .found()
                .<Reading<GatewayReading>>map(reached -> new Reading.Read<>(found.with(reached)))
                .orElse(reading);
    }

    /** The neighbours on links that the node knows, and the other side's tunnel address. */
    private List<Destination> destinations(Subject subject, GatewayReading gateway) {
        var destinations = new ArrayList<Destination>();
        for (var session : gateway.sessions()) {
            if (session.evpn() || !IPV4.matcher(session.address()).matches()) {
                continue;
            }
            sites.stream()
                    .filter(site -> site.gateway()
                            .filter(other -> other.asn() == session.remoteAsn())
                            .isPresent())
                    .flatMap(site -> link(subject.site().id(), site.id()).stream())
                    .findFirst()
                    .ifPresent(link -> destinations.add(new Destination(session.address(), false, link.mtu())));
        }
        subject.intent()
                .filter(intent ->
                        IPV4.matcher(intent.remoteTunnelAddress().toString()).matches())
                .ifPresent(intent -> destinations.add(
                        new Destination(intent.remoteTunnelAddress().toString(), true, intent.mtu() + ENCAPSULATION)));
        return destinations;
    }

    private Optional<Link> link(SiteId one, SiteId other) {
        return links.stream()
                .filter(link -> link.touches(one) && link.across(one).equals(other))
                .findFirst();
    }

    private Reading<PartsReading> parts(GatewayIntent intent) throws InterruptedException {
        var examiner = examiners.of(intent.gateway());
        return examiner.isEmpty()
                ? new Reading.NotTried<>("the gateway cannot be examined")
                : Readings.of(examiner.get().examine(intent));
    }

    private Reading<CloudReading> cloud(Subject subject) throws InterruptedException {
        return new Reading.Read<>(
                examiners.cloud().examine(subject.site().cloud(), subject.network(), subject.prefixes()));
    }
}
