package io.isthmus.cli.site;

import io.isthmus.cli.command.Setting;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.Document;
import java.util.List;

/** The fields of a site as options. */
final class SiteOptions {
    private final Setting<String> name;
    private final Setting<String> kind;
    private final Setting<String> authUrl;
    private final Setting<String> region;
    private final Setting<String> cell;
    private final Setting<String> endpointInterface;
    private final Setting<String> networkService;
    private final Setting<String> networkEndpoint;
    private final Setting<String> caCertificate;
    private final Setting<String> physicalNetwork;
    private final Setting<String> vlanRange;
    private final Setting<String> credential;
    private final Setting<List<String>> gateways;
    private final Setting<Double> latitude;
    private final Setting<Double> longitude;
    private final Setting<String> country;
    private final Setting<List<String>> failureDomains;
    private final Setting<Boolean> adminStateUp;
    private final Setting<Integer> vcpus;
    private final Setting<Integer> ram;
    private final Setting<Integer> disk;
    private final Setting<List<String>> tags;

    SiteOptions(Syntax syntax) {
        name = syntax.text("--name", "NAME", "A name for people.");
        kind = syntax.oneOf("--kind", List.of("cell", "region", "instance"), "What the site's OpenStack is.");
        authUrl = syntax.text("--auth-url", "URL", "Its Keystone.");
        region = syntax.text("--region", "REGION", "The region in that Keystone's catalogue.");
        cell = syntax.text(
                "--cell",
                "CELL",
                "The Nova cell, where several sites share a region; it decides which Neutron is meant.");
        endpointInterface = syntax.oneOf(
                "--interface",
                List.of("public", "internal", "admin"),
                "Which of the catalogue's addresses of Neutron to use (default: public).");
        networkService = syntax.text(
                "--network-service-name",
                "NAME",
                "Its Neutron's name in the catalogue, where the region has several (a cell's: CELL or neutron-CELL).");
        networkEndpoint =
                syntax.text("--network-endpoint-override", "URL", "Its Neutron itself, whatever the catalogue says.");
        caCertificate = syntax.text(
                "--ca-certificate", "FILE", "PEM: whom alone to trust for TLS with this cloud; read and sent as text.");
        physicalNetwork = syntax.text("--physical-network", "NAME", "Neutron's name of the network to the gateways.");
        vlanRange = syntax.text("--vlan-range", "FIRST-LAST", "VLANs of it that Isthmus may use.");
        credential = syntax.text("--credential", "ID", "Which of the controller's credentials opens this cloud.");
        gateways = syntax.repeated(
                "--gateway",
                "KEY=VALUE,…",
                "A gateway: name, driver, tunnel_address, asn, max_mtu, capacity_mbps, management.host, management.port"
                        + " and other management keys of its driver; may be repeated.");
        latitude = syntax.decimal("--latitude", "DEGREES", "North is positive.");
        longitude = syntax.decimal("--longitude", "DEGREES", "East is positive.");
        country = syntax.text("--country", "CODE", "Two letters, ISO 3166.");
        failureDomains =
                syntax.repeated("--failure-domain", "NAME", "A shared risk that the site is in; may be repeated.");
        adminStateUp = syntax.choice("--admin-state-up", "Whether it may be used.");
        vcpus = syntax.number("--vcpus", "N", "What it has for spares: vCPUs, ...");
        ram = syntax.number("--ram", "MB", "... memory, ...");
        disk = syntax.number("--disk", "GB", "... and disk.");
        tags = syntax.repeated("--tag", "TAG", "May be repeated.");
    }

    void fill(Document document) {
        document.put("/name", name.name(), name.value())
                .put("/cloud/kind", kind.name(), kind.value())
                .put("/cloud/auth_url", authUrl.name(), authUrl.value())
                .put("/cloud/region_name", region.name(), region.value())
                .put("/cloud/cell", cell.name(), cell.value())
                .put("/cloud/endpoint_interface", endpointInterface.name(), endpointInterface.value())
                .put("/cloud/network_service_name", networkService.name(), networkService.value())
                .put("/cloud/network_endpoint_override", networkEndpoint.name(), networkEndpoint.value())
                .put(
                        "/cloud/ca_certificate",
                        caCertificate.name(),
                        caCertificate.value().map(TextFile::read))
                .put("/cloud/physical_network", physicalNetwork.name(), physicalNetwork.value())
                .put("/cloud/vlan_range", vlanRange.name(), vlanRange.value())
                .put("/cloud/credential_id", credential.name(), credential.value())
                .put(
                        "/gateways",
                        gateways.name(),
                        gateways.value()
                                .map(all ->
                                        all.stream().map(GatewayOption::parse).toList()))
                .put("/location/latitude", latitude.name(), latitude.value())
                .put("/location/longitude", longitude.name(), longitude.value())
                .put("/location/country", country.name(), country.value())
                .put("/failure_domains", failureDomains.name(), failureDomains.value())
                .put("/admin_state_up", adminStateUp.name(), adminStateUp.value())
                .put("/capacity/vcpus", vcpus.name(), vcpus.value())
                .put("/capacity/ram_mb", ram.name(), ram.value())
                .put("/capacity/disk_gb", disk.name(), disk.value())
                .put("/tags", tags.name(), tags.value());
    }
}
