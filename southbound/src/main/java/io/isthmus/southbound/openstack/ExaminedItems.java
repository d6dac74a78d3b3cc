package io.isthmus.southbound.openstack;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.isthmus.core.diagnosis.CloudReading;
import io.isthmus.core.network.Cidr;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Neutron's items as an examination reads them; what a caller may not see is absent. */
final class ExaminedItems {
    private ExaminedItems() {}

    record Agent(
            @JsonProperty("agent_type") String type,
            String host,
            boolean alive,
            @JsonProperty("admin_state_up") boolean adminStateUp) {
        CloudReading.Agent reading() {
            return new CloudReading.Agent(Absent.asEmpty(type), Absent.asEmpty(host), alive, adminStateUp);
        }
    }

    record FixedIp(@JsonProperty("ip_address") String address) {}

    record Port(
            String id,
            String name,
            @JsonProperty("device_owner") String deviceOwner,
            @JsonProperty("binding:host_id") String host,
            @JsonProperty("binding:vif_type") String vifType,
            String status,
            @JsonProperty("admin_state_up") boolean adminStateUp,
            @JsonProperty("mac_address") String mac,
            @JsonProperty("fixed_ips") List<FixedIp> fixedIps,
            @JsonProperty("created_at") String createdAt,
            @JsonProperty("security_groups") List<String> securityGroups,
            @JsonProperty("port_security_enabled") Optional<Boolean> portSecurity) {
        Port {
            deviceOwner = Absent.asEmpty(deviceOwner);
            fixedIps = Absent.asEmpty(fixedIps);
            securityGroups = Absent.asEmpty(securityGroups);
        }

        private boolean isFiltered() {
            return portSecurity.orElse(true) && !deviceOwner.startsWith("network:");
        }

        CloudReading.Port reading(Map<String, SecurityGroup> groups, Collection<Cidr> prefixes) {
            var lets = !isFiltered()
                    || securityGroups.stream()
                            .flatMap(group -> Optional.ofNullable(groups.get(group)).stream())
                            .anyMatch(group -> group.letsIn(prefixes))
                    // A group that the credential may not read says nothing.
                    || securityGroups.stream().anyMatch(group -> !groups.containsKey(group));
            return new CloudReading.Port(
                    id,
                    Absent.asEmpty(name),
                    deviceOwner,
                    Absent.asEmpty(host),
                    Absent.asEmpty(vifType),
                    Absent.asEmpty(status),
                    adminStateUp,
                    Absent.asEmpty(mac),
                    fixedIps.stream().map(FixedIp::address).toList(),
                    time(Absent.asEmpty(createdAt)),
                    lets);
        }

        private static Instant time(String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                return Instant.EPOCH;
            }
        }
    }

    record SecurityGroup(
            String id, @JsonProperty("security_group_rules") List<Rule> rules) {
        SecurityGroup {
            rules = Absent.asEmpty(rules);
        }

        boolean letsIn(Collection<Cidr> prefixes) {
            return rules.stream().anyMatch(rule -> rule.letsIn(prefixes));
        }
    }

    /** A rule for members of a group knows only ports of its own Neutron, so it lets nothing in from another. */
    record Rule(
            String direction,
            String ethertype,
            @JsonProperty("remote_ip_prefix") Optional<String> remoteIpPrefix,
            @JsonProperty("remote_group_id") Optional<String> remoteGroupId) {

        boolean letsIn(Collection<Cidr> prefixes) {
            return "ingress".equals(direction)
                    && remoteGroupId.isEmpty()
                    && (prefixes.isEmpty() || prefixes.stream().anyMatch(this::covers));
        }

        private boolean covers(Cidr prefix) {
            var ofFamily = prefix.text().contains(":") == "IPv6".equals(ethertype);
            return ofFamily
                    && remoteIpPrefix
                            .map(text -> new Cidr(text).overlaps(prefix))
                            .orElse(true);
        }
    }
}
