# Reads which VNIs the gateway carries, for anyone, and by that whether everything the driver needs answers.
{
    frr -c "show bgp l2vpn evpn summary json" -c "show evpn vni json" -c "show bgp l2vpn evpn vni json"
    ended
} | {
    part tools
    for tool in ip tc ethtool nsenter ping ovs-vsctl vtysh; do
        command -v "$tool" >/dev/null || { echo "$tool: not found" >&2; false; } || break
    done
    ended
    part gateway
    ip -j -d link show type vxlan
    ended
    part dc
    dc_ip -j link show dev lo
    ended
    part ovs
    ovs --format=json --columns=name list Bridge "$ovs_bridge"
    ended
    part frr
    cat
}
