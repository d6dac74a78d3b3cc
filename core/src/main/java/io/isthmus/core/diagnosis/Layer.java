package io.isthmus.core.diagnosis;

/** Where in a connection something is wrong, from the bottom, on which the rest stands, to the top. */
public enum Layer {
    /** What this node holds to open clouds and gateways. */
    CREDENTIAL,
    /** The way to the gateway's shell: SSH, its host key, its user's key. */
    ACCESS,
    /** The routing daemons of the gateway, and its clock. */
    DAEMONS,
    /** The links between gateways: sessions with neighbours, packets that pass, their size. */
    UNDERLAY,
    /** EVPN: the session between the connection's gateways, route targets, the other's tunnel end. */
    OVERLAY,
    /** The bridge, the tunnel and the probe port that carry the connection on the gateway. */
    TUNNEL,
    /** Between the gateway and the site's switch: the access port and its VLAN. */
    HANDOFF,
    /** Keystone and Neutron of the site, its agents, and the connection's network there. */
    CLOUD,
    /** The ports in that network. */
    PORTS,
    /** Packets from one side's end to the other's. */
    PROBE
}
