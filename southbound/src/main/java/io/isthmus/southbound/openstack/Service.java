package io.isthmus.southbound.openstack;

/** A service that is asked by its address in the catalogue; Neutron has ways of its own. */
enum Service {
    /** Microversion 1.27, since OpenStack Rocky (2018): summaries have all kinds of resources. */
    PLACEMENT(
            "placement",
            "Placement",
            "",
            "placement 1.27",
            "Correct the catalogue, or declare the site's capacity.",
            "the right to list allocation candidates (by default: the admin or service role)"),
    /** Microversion 2.47, since OpenStack Pike (2017): a server tells its flavour's resources. */
    COMPUTE(
            "compute",
            "Nova",
            "/v2.1",
            "compute 2.47",
            "Correct the catalogue, or name the site and say what the VNF needs.",
            "the right to read all projects' servers and flavours (by default: the admin role)"),
    IMAGE(
            "image",
            "Glance",
            "/v2",
            "",
            "Correct the catalogue.",
            "the right to read all projects' images (by default: the admin role)");

    private final String type;
    private final String title;
    private final String version;
    private final String microversion;
    private final String missingHint;
    private final String right;

    Service(String type, String title, String version, String microversion, String missingHint, String right) {
        this.type = type;
        this.title = title;
        this.version = version;
        this.microversion = microversion;
        this.missingHint = missingHint;
        this.right = right;
    }

    /** As the catalogue has it; failures have codes that begin with it. */
    String type() {
        return type;
    }

    String title() {
        return title;
    }

    /** An address of the catalogue with the API's version, whether or not it names one. */
    String versioned(String address) {
        var base = address.replaceAll("/+$", "");
        return version.isEmpty() || base.matches(".*/v[0-9.]+(/.*)?") ? base : base + version;
    }

    String microversion() {
        return microversion;
    }

    String missingHint() {
        return missingHint;
    }

    String right() {
        return right;
    }
}
