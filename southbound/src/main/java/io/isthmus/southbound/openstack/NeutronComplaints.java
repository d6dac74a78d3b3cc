package io.isthmus.southbound.openstack;

/** What each way in which Neutron can fail means: who must act, and whether something may have changed. A pure table. */
final class NeutronComplaints {
    private static final String LOOK_INTO_LOG = "Look into that Neutron's log; Isthmus tries again by itself.";

    private NeutronComplaints() {}

    /** Neutron answered, but not with success. */
    static NotDone of(String host, int status, Words words, boolean isWrite, String credentialId) {
        var detail = "Neutron at " + host + " " + words.text();
        return switch (status) {
            case 400 -> rejected(words, detail);
            case 401 ->
                NotDone.refused(
                        "credential_refused",
                        detail,
                        "Keystone gave a token that this Neutron does not accept: check the credential " + credentialId
                                + ", and that both use the same Keystone.");
            case 403 ->
                NotDone.refused(
                        "neutron_forbidden",
                        detail,
                        "Give the user of the credential " + credentialId
                                + " the right to create and read provider networks (by default: the admin role in its"
                                + " project).");
            case 404 ->
                isWrite
                        ? NotDone.unknown(
                                "changed_meanwhile",
                                detail,
                                "Something else changed the network meanwhile; Isthmus looks again by itself.")
                        : rejected(words, detail);
            case 409 -> conflict(words, detail);
            case 412 ->
                NotDone.unknown(
                        "changed_meanwhile",
                        detail,
                        "Something else changed it meanwhile; Isthmus looks again by itself.");
            case 413, 429 ->
                NotDone.unreachable(
                        "neutron_busy", detail, "This Neutron limits requests; Isthmus tries again by itself.");
            default -> {
                if (status < 400 || status >= 500) {
                    yield isWrite
                            ? NotDone.unknown("neutron_error", detail, LOOK_INTO_LOG)
                            : NotDone.unreachable("neutron_error", detail, LOOK_INTO_LOG);
                }
                yield rejected(words, detail);
            }
        };
    }

    private static NotDone rejected(Words words, String detail) {
        if (words.text().contains("overlaps with another subnet")) {
            return NotDone.refused(
                    "subnet_overlaps",
                    detail,
                    "Remove the subnet that is in the way from the network, or choose another cidr.");
        }
        return NotDone.refused(
                "neutron_rejected",
                detail,
                "Correct what Neutron names: physical_network and mtu must suit that Neutron's configuration.");
    }

    private static NotDone conflict(Words words, String detail) {
        return switch (words.type()) {
            case "VlanIdInUse" -> vlanInUse(detail);
            case "NetworkInUse" -> inUse("network_in_use", detail);
            case "SubnetInUse" -> inUse("subnet_in_use", detail);
            case "RouterInterfaceInUseByFloatingIP", "RouterInterfaceInUseByRoute" ->
                NotDone.refused(
                        "router_interface_in_use",
                        detail,
                        "Remove the router's routes and floating IPs that use the transit; then Isthmus goes on by"
                                + " itself.");
            case "OverQuota" ->
                NotDone.refused(
                        "quota_exceeded",
                        detail,
                        "Raise the quota of Isthmus's project in that Neutron, or free some.");
            default ->
                NotDone.refused(
                        "neutron_conflict",
                        detail,
                        "Something there is in the way; remove it or change what is wanted.");
        };
    }

    static NotDone vlanInUse(String detail) {
        return NotDone.refused(
                "vlan_in_use",
                detail,
                "Delete that network, or take its VLAN out of the site's vlan_range and connect again.");
    }

    static NotDone inUse(String code, String detail) {
        return NotDone.refused(code, detail, "Delete or move those ports; then Isthmus goes on by itself.");
    }

    /** No answer came. */
    static NotDone noReply(String host, Http.NoReply noReply, boolean isWrite) {
        var detail = "Neutron at " + host + " " + noReply.words();
        if (noReply.misfit().isPresent()) {
            var misfit = noReply.misfit().get();
            return NotDone.unreachable(misfit.code(), detail, misfit.hint());
        }
        if (isWrite && noReply.reach() != Http.NoReply.Reach.NOT_SENT) {
            return NotDone.unknown(
                    "neutron_no_answer",
                    detail + "; it may or may not have done what was asked",
                    "Isthmus looks again by itself; if this goes on, check that Neutron's load and log.");
        }
        return NotDone.unreachable(
                "neutron_unreachable", detail, "Check from this node that Neutron at " + host + " answers.");
    }

    /** Neutron answered with success, but with something that is not its JSON. */
    static NotDone unreadable(String host, Http.Reply reply, boolean isWrite) {
        var detail = "Neutron at " + host + " answered " + reply.status() + " with something that is not its JSON";
        var hint = "Check that the catalogue's URL is Neutron's, and what proxy stands before it.";
        return isWrite
                ? NotDone.unknown("neutron_error", detail, hint)
                : NotDone.unreachable("neutron_error", detail, hint);
    }
}
