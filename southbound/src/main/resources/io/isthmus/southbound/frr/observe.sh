# Reads everything of one connection. FRR's shell is slow to start, so it runs beside the rest.
{
    frr -c "show bgp l2vpn evpn summary json" -c "show evpn vni $vni json" -c "show bgp l2vpn evpn vni $vni json" \
        -c "show bgp l2vpn evpn route vni $vni type multicast json" -c "show bgp $remote_route json" \
        ${path_address:+-c "show bgp ipv4 unicast $path_address/32 json" -c "show route-map isthmus-$vni-a json"}
    ended
} | {
    # What is not there is no answer: a batch that goes on ends with 1 then.
    part gateway
    # By itself, since a bridge that is not there ends a batch.
    ip -j -d link show master "$br" 2>/dev/null
    ip -j -d -force -batch - 2>/dev/null <<END
link show dev $ac
link show dev $br
link show dev $vx
link show dev $nt
END
    ended
    part entries
    bridge fdb show dev "$vx" 2>/dev/null | grep ' dst ' | grep -v extern_learn | head -n 64
    ended
    part dc
    dc_ip -j -d -force -batch - <<END
link show dev $dc
link show dev $pp
END
    ended
    part probe
    if [ -e "/run/netns/$probe_netns" ]; then
        echo '{"namespace":true}'
        ip -n "$probe_netns" -j -d address show 2>/dev/null
    fi
    ended
    part translator
    if [ -e "/run/netns/$nat_netns" ]; then
        echo '{"namespace":true}'
        ip -n "$nat_netns" -j -d address show 2>/dev/null
        ip -n "$nat_netns" -j route show 2>/dev/null
        nsenter --net="/run/netns/$nat_netns" -- nft -j list ruleset
    fi
    ended
    part limit
    tc -j qdisc show dev "$vx" 2>/dev/null
    ended
    part loopback
    if [ -n "$path_address" ]; then ip -j address show dev lo to "$path_address/32"; fi
    ended
    part ovs
    ovs --format=json --columns=name,ports list Bridge "$ovs_bridge" \
        -- --if-exists --columns=_uuid,name,tag,vlan_mode,trunks,external_ids list Port "$dc" "$pp" \
        -- --columns=_uuid,name,tag,vlan_mode,trunks,external_ids find Port "tag=$vlan" \
        -- --if-exists --columns=name,ofport,error,ingress_policing_rate list Interface "$dc" "$pp"
    ended
    part frr
    cat
}
