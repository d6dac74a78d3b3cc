package io.isthmus.southbound.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.core.site.EndpointInterface;
import io.isthmus.core.site.VlanRange;
import io.isthmus.southbound.openstack.Catalogue.Entry;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Neutron of a catalogue is a site's. */
class CatalogueTest {
    private static final Catalogue LAB = new Catalogue(List.of(
            new Entry("identity", "keystone", "RegionA", "public", "http://keystone:5000/v3"),
            new Entry("identity", "keystone", "Office", "public", "http://keystone:5000/v3"),
            new Entry("network", "neutron", "RegionA", "public", "http://a:9696"),
            new Entry("network", "neutron", "RegionA", "internal", "http://a.internal:9696"),
            new Entry("network", "neutron-cell-b", "RegionBC", "public", "http://b:9696"),
            new Entry("network", "neutron-cell-c", "RegionBC", "public", "http://c:9696")));

    /** A cloud with what a test changes of it. */
    private record Wanted(
            CloudKind kind, String region, String cell, String service, String override, EndpointInterface reach) {
        static Wanted region(String region) {
            return new Wanted(CloudKind.REGION, region, "", "", "", EndpointInterface.PUBLIC);
        }

        static Wanted cell(String region, String cell) {
            return new Wanted(CloudKind.CELL, region, cell, "", "", EndpointInterface.PUBLIC);
        }

        Wanted withService(String name) {
            return new Wanted(kind, region, cell, name, override, reach);
        }

        Wanted withOverride(String url) {
            return new Wanted(kind, region, cell, service, url, reach);
        }

        Wanted by(EndpointInterface other) {
            return new Wanted(kind, region, cell, service, override, other);
        }

        Cloud cloud() {
            return new Cloud(
                    kind,
                    URI.create("http://keystone:5000/v3"),
                    region,
                    some(cell),
                    reach == EndpointInterface.PUBLIC ? Optional.empty() : Optional.of(reach),
                    some(service),
                    some(override).map(URI::create),
                    Optional.empty(),
                    "interdc",
                    new VlanRange(2000, 2999),
                    "openstack");
        }

        private static Optional<String> some(String text) {
            return Optional.of(text).filter(present -> !present.isEmpty());
        }
    }

    private static String found(Catalogue catalogue, Wanted wanted) throws NotDone {
        return catalogue.neutron(wanted.cloud()).toString();
    }

    private static void refused(Catalogue catalogue, Wanted wanted, String code, String... said) {
        assertThatThrownBy(() -> catalogue.neutron(wanted.cloud())).isInstanceOfSatisfying(NotDone.class, notDone -> {
            assertThat(notDone.failure().code()).isEqualTo(code);
            assertThat(notDone.failure().detail()).contains(said);
            assertThat(notDone.failure().hint()).isNotBlank();
            assertThat(notDone.kind()).isEqualTo(NotDone.Kind.REFUSED);
        });
    }

    private static Catalogue with(Entry... more) {
        var entries = new ArrayList<>(LAB.entries());
        entries.addAll(List.of(more));
        return new Catalogue(entries);
    }

    @Test
    void theCellDecidesWhichNeutronOfARegionIsMeant() throws Exception {
        assertThat(found(LAB, Wanted.cell("RegionBC", "cell-b"))).isEqualTo("http://b:9696/v2.0");
        assertThat(found(LAB, Wanted.cell("RegionBC", "cell-c"))).isEqualTo("http://c:9696/v2.0");
    }

    @Test
    void aServiceMayBeNamedJustAsTheCellIs() throws Exception {
        var catalogue = with(new Entry("network", "cell-b", "RegionBC", "public", "http://exactly-b:9696"));
        assertThat(found(catalogue, Wanted.cell("RegionBC", "cell-b"))).isEqualTo("http://exactly-b:9696/v2.0");
    }

    @Test
    void cellsShareAPlainNeutronWhereThereIsOne() throws Exception {
        assertThat(found(LAB, Wanted.cell("RegionA", "cell-1"))).isEqualTo("http://a:9696/v2.0");
    }

    @Test
    void theNeutronOfAnotherCellIsNeverTaken() {
        refused(
                LAB,
                Wanted.cell("RegionBC", "cell-x"),
                "network_service_missing",
                "cell-x",
                "RegionBC",
                "neutron-cell-b, neutron-cell-c");
        var onlyC = new Catalogue(LAB.entries().stream()
                .filter(entry -> !entry.service().equals("neutron-cell-b"))
                .toList());
        refused(onlyC, Wanted.cell("RegionBC", "cell-b"), "network_service_missing", "neutron-cell-c");
    }

    @Test
    void aRegionWithSeveralNetworkServicesNeedsACellOrAName() throws Exception {
        refused(
                LAB,
                Wanted.region("RegionBC"),
                "network_service_ambiguous",
                "RegionBC",
                "neutron-cell-b, neutron-cell-c");
        assertThat(found(LAB, Wanted.region("RegionBC").withService("neutron-cell-c")))
                .isEqualTo("http://c:9696/v2.0");
        assertThat(found(LAB, Wanted.cell("RegionBC", "cell-b").withService("neutron-cell-c")))
                .as("a name wins over the cell")
                .isEqualTo("http://c:9696/v2.0");
        refused(
                LAB,
                Wanted.region("RegionBC").withService("neutron"),
                "network_service_missing",
                "named neutron",
                "neutron-cell-b");
    }

    @Test
    void anOverrideNeedsNoCatalogue() throws Exception {
        assertThat(found(
                        new Catalogue(List.of()), Wanted.region("Anywhere").withOverride("https://n.example/network/")))
                .isEqualTo("https://n.example/network/v2.0");
    }

    @Test
    void theInterfaceIsPublicUnlessTheSiteSaysOtherwise() throws Exception {
        assertThat(found(LAB, Wanted.region("RegionA"))).isEqualTo("http://a:9696/v2.0");
        assertThat(found(LAB, Wanted.region("RegionA").by(EndpointInterface.INTERNAL)))
                .isEqualTo("http://a.internal:9696/v2.0");
        refused(
                LAB,
                Wanted.region("RegionA").by(EndpointInterface.ADMIN),
                "network_service_missing",
                "no admin address",
                "internal, public");
    }

    @Test
    void aRegionThatIsNotThereIsToldApartFromOneWithoutANetworkService() {
        refused(LAB, Wanted.region("Atlantis"), "region_not_in_catalog", "Atlantis", "Office, RegionA, RegionBC");
        refused(
                LAB,
                Wanted.region("Office"),
                "network_service_missing",
                "Office",
                "there it has: identity",
                "RegionA, RegionBC");
        refused(new Catalogue(List.of()), Wanted.region("RegionA"), "region_not_in_catalog", "empty");
    }

    @Test
    void severalEntriesOfOneServiceMustAgree() throws Exception {
        var again = with(new Entry("network", "neutron", "RegionA", "public", "http://a:9696"));
        assertThat(found(again, Wanted.region("RegionA"))).isEqualTo("http://a:9696/v2.0");
        var other = with(new Entry("network", "neutron", "RegionA", "public", "http://old-a:9696"));
        refused(other, Wanted.region("RegionA"), "network_service_ambiguous", "http://a:9696", "http://old-a:9696");
    }

    @ParameterizedTest
    @CsvSource({
        "http://n:9696, http://n:9696/v2.0",
        "http://n:9696/, http://n:9696/v2.0",
        "http://n:9696/v2.0, http://n:9696/v2.0",
        "http://n:9696/v2.0//, http://n:9696/v2.0",
        "https://cloud/networking, https://cloud/networking/v2.0"
    })
    void theUrlMayNameTheVersionOrNot(String url, String used) throws Exception {
        var catalogue = new Catalogue(List.of(new Entry("network", "", "R", "public", url)));
        assertThat(found(catalogue, Wanted.region("R"))).isEqualTo(used);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "neutron:9696", "ftp://n", "http://%(host)s:9696", "http:///v2.0"})
    void anAddressThatIsNoneIsNamed(String url) {
        var catalogue = new Catalogue(List.of(new Entry("network", "neutron", "R", "public", url)));
        refused(catalogue, Wanted.region("R"), "network_service_missing", url);
    }
}
