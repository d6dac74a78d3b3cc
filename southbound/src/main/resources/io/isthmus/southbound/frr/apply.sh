# Makes and removes the objects of one connection. Every function may be repeated. Devices carry their owner's mark, and
# nothing without it is changed.
set -e
trap wait EXIT

mark=isthmus:$connection
port_mark="isthmus-connection=\"$connection\""

# refuse TEXT: ends the script; the exit status says that a name is taken.
refuse() {
    echo "$1" >&2
    exit 76
}

# mine IP DEVICE: it is there, and ours; refuses if it is somebody else's. IP is "ip" or "dc_ip".
mine() {
    shown=$("$1" -o link show dev "$2" 2>/dev/null) || return 1
    case "$shown " in
    *"alias $mark "*) return 0 ;;
    *) refuse "device $2 is not marked as this connection's" ;;
    esac
}

# discard IP DEVICE: it is not there any more.
discard() {
    if mine "$1" "$2"; then "$1" link del dev "$2"; fi
}

# put IP DEVICE ADD SETTINGS: the device is there, ours and as it should be; ADD and SETTINGS are lines for ip -batch.
# What is there already is the rare case, so it is looked at only when adding fails.
put() {
    if failed=$(
        "$1" -batch - 2>&1 <<END
$3
$4
END
    ); then return; fi
    known_failure "$1" "$2"
    mine "$1" "$2"
    settle "$1" "$4"
}

# put_pair IP DEVICE OTHER_IP OTHER ADD SETTINGS: the same for a veth pair; SETTINGS are those of its first end.
put_pair() {
    if failed=$(
        "$1" -batch - 2>&1 <<END
$5
$6
END
    ); then return; fi
    known_failure "$1" "$2"
    if ! mine "$1" "$2" || ! "$3" link show dev "$4" >/dev/null 2>&1; then
        discard "$1" "$2"
        discard "$3" "$4"
        settle "$1" "$5"
    fi
    settle "$1" "$6"
}

# known_failure IP DEVICE: adding failed for no other reason than that it is there. Half of a pair would stay unmarked.
known_failure() {
    case $failed in
    *"File exists"*) ;;
    *)
        discard "$1" "$2"
        echo "$failed" >&2
        exit 1
        ;;
    esac
}

# settle IP LINES
settle() {
    "$1" -batch - <<END
$2
END
}

# While a bridge speaks STP its delay may not be 0, and in one command the delay is set first.
# A device with an MTU below 1280 has no IPv6, and so no way to make addresses that could be set: the MTU comes first.
put_bridge() {
    put ip "$br" "link add $br type bridge stp_state 0 forward_delay 0" "link set dev $br alias $mark
link set dev $br type bridge stp_state 0
link set dev $br type bridge forward_delay 0
link set dev $br mtu $mtu
link set dev $br addrgenmode none
link set dev $br up"
}

remove_bridge() { discard ip "$br"; }

# Open vSwitch does not complete checksums in its userspace datapath: no end may leave them to be completed.
put_handoff() {
    put_pair ip "$ac" dc_ip "$dc" "link add $ac type veth peer name $dc${dc_netns:+ netns $dc_netns}" \
        "link set dev $ac alias $mark
link set dev $ac mtu $mtu
link set dev $ac addrgenmode none master $br
link set dev $ac type bridge_slave flood on bcast_flood on isolated off
link set dev $ac up"
    settle dc_ip "link set dev $dc alias $mark
link set dev $dc mtu $mtu
link set dev $dc addrgenmode none
link set dev $dc up"
    put_access_port "$dc" "$1" &
    port_job=$!
    ethtool -K "$ac" tx off >/dev/null
    dc_run ethtool -K "$dc" tx off >/dev/null
    wait "$port_job"
}

remove_handoff() {
    remove_access_port "$dc"
    discard ip "$ac"
    discard dc_ip "$dc"
}

put_vxlan() {
    put ip "$vx" "link add $vx type vxlan id $vni local $tunnel dstport 4789 nolearning df set" \
        "link set dev $vx alias $mark
link set dev $vx type vxlan local $tunnel nolearning df set
link set dev $vx mtu $mtu
link set dev $vx addrgenmode none master $br
link set dev $vx type bridge_slave neigh_suppress off learning off flood on bcast_flood on isolated off
link set dev $vx up"
    if [ -n "$limit_rate" ]; then
        tc qdisc replace dev "$vx" root tbf rate "${limit_rate}bps" burst "$limit_burst" latency 40ms
    else
        tc qdisc del dev "$vx" root 2>/dev/null || true
    fi
}

# FRR tells the kernel of the other gateways again when the device comes up.
rejoin_vxlan() {
    ip link set dev "$vx" down
    ip link set dev "$vx" up
}

remove_vxlan() { discard ip "$vx"; }

# put_route_targets UNWANTED-IMPORTS UNWANTED-EXPORTS UNWANTED-SETTINGS: exactly ours; the unwanted ones are lists, and a
# setting has "=" for its blank.
put_route_targets() {
    imports=$1 exports=$2 settings=$3
    set -- -c "route-target import $route_target" -c "route-target export $route_target"
    for target in $imports; do set -- "$@" -c "no route-target import $target"; done
    for target in $exports; do set -- "$@" -c "no route-target export $target"; done
    for setting in $settings; do set -- "$@" -c "no $(echo "$setting" | tr = ' ')"; done
    frr_configure -c "vni $vni" "$@"
}

remove_route_targets() { frr_configure -c "no vni $vni"; }

# The route to the connection's own tunnel address tells every gateway of the path which neighbour to prefer. FRR looks at a
# route map again only seconds after it was changed, but at once at another one: so the route passes over to a second map.
put_path() {
    ip address replace "$path_address/32" dev lo
    set --
    for map in b a; do
        set -- "$@" -c "route-map isthmus-$vni-$map permit 10" -c exit -c "no route-map isthmus-$vni-$map" \
            -c "route-map isthmus-$vni-$map permit 10" -c "set large-community $path_marks" -c exit \
            -c "router bgp $asn" -c "address-family ipv4 unicast" \
            -c "network $path_address/32 route-map isthmus-$vni-$map" -c exit -c exit
    done
    frr_top "$@" -c "no route-map isthmus-$vni-b"
}

remove_path() {
    frr_top -c "router bgp $asn" -c "address-family ipv4 unicast" -c "no network $path_address/32" 2>/dev/null || true
    frr_top -c "no route-map isthmus-$vni-a" -c "no route-map isthmus-$vni-b"
    ip address del "$path_address/32" dev lo 2>/dev/null || true
}

# frr_top ARGUMENT...: like frr_configure, from the top.
frr_top() {
    said=$(frr -c "configure terminal" "$@" 2>&1) || {
        status=$?
        echo "$said" >&2
        return "$status"
    }
}

# early COMMAND... / joined: FRR's shell is slow to start, so its part runs beside the steps that come before its turn.
early() {
    "$@" &
    early_job=$!
}
joined() { wait "$early_job"; }

# frr_configure ARGUMENT...: vtysh tells on its standard output what it did not do.
frr_configure() {
    said=$(frr -c "configure terminal" -c "router bgp $asn" -c "address-family l2vpn evpn" "$@" 2>&1) || {
        status=$?
        echo "$said" >&2
        exit "$status"
    }
}

# The port asks for the other side's hardware address ten times a second, so that it answers as soon as the way is there.
# It sends nothing but echo requests, whose checksums are complete.
put_probe() {
    [ -e "/run/netns/$probe_netns" ] || ip netns add "$probe_netns"
    put_pair dc_ip "$pp" probe_ip "$pr" "link add $pp type veth peer name $pr netns $probe_netns" \
        "link set dev $pp alias $mark
link set dev $pp mtu $mtu
link set dev $pp addrgenmode none
link set dev $pp up"
    put_access_port "$pp" "$1" &
    port_job=$!
    settle probe_ip "link set dev $pr alias $mark
link set dev $pr mtu $mtu
address flush dev $pr
address add $probe_address/$probe_length dev $pr
link set dev $pr up"
    nsenter --net="/run/netns/$probe_netns" -- sh -c '
        echo 0 >/proc/sys/net/ipv4/ip_forward
        for each in /proc/sys/net/ipv6/conf/*/disable_ipv6; do echo 1 >"$each"; done
        echo 100 >"/proc/sys/net/ipv4/neigh/$1/retrans_time_ms"
        echo 100 >"/proc/sys/net/ipv4/neigh/$1/mcast_solicit"' sh "$pr"
    wait "$port_job"
}

remove_probe() {
    remove_access_port "$pp"
    discard dc_ip "$pp"
    if [ -e "/run/netns/$probe_netns" ]; then ip netns del "$probe_netns"; fi
}

# A router of its own with one leg in the bridge. All it needs comes in one piece, so that no packet passes untranslated. The
# device loses its routes with its address, so that exactly those that are wanted are there afterwards.
put_translator() {
    [ -e "/run/netns/$nat_netns" ] || ip netns add "$nat_netns"
    nsenter --net="/run/netns/$nat_netns" -- sh -c '
        for each in /proc/sys/net/ipv6/conf/*/disable_ipv6; do echo 1 >"$each"; done
        for each in /proc/sys/net/ipv4/conf/*/rp_filter /proc/sys/net/ipv4/conf/*/send_redirects; do echo 0 >"$each"; done
        echo 1 >/proc/sys/net/ipv4/ip_forward'
    nat_ruleset | nsenter --net="/run/netns/$nat_netns" -- nft -f -
    put_pair ip "$nt" nat_ip "$nr" "link add $nt type veth peer name $nr netns $nat_netns" \
        "link set dev $nt alias $mark
link set dev $nt mtu $mtu
link set dev $nt addrgenmode none master $br
link set dev $nt up"
    settle nat_ip "link set dev $nr alias $mark
link set dev $nr mtu $mtu
address flush dev $nr
address add $nat_address dev $nr
link set dev $nr up
$(for route in $nat_routes; do echo "route replace ${route%=*} via ${route#*=}"; done)"
}

# The whole table, in place of what there was. Packets of this side get the name by which the other side knows them when they
# leave, and those to that name go to the real one when they come; replies follow by connection tracking.
nat_ruleset() {
    echo "table ip isthmus
delete table ip isthmus
table ip isthmus {
chain arriving {
type nat hook prerouting priority -100"
    for pair in $nat_pairs; do
        echo "ip daddr ${pair#*=} dnat ip prefix to ip daddr map { ${pair#*=} : ${pair%=*} }"
    done
    echo "}
chain leaving {
type nat hook postrouting priority 100"
    for pair in $nat_pairs; do
        echo "ip saddr ${pair%=*} snat ip prefix to ip saddr map { ${pair%=*} : ${pair#*=} }"
    done
    echo "}
}"
}

remove_translator() {
    discard ip "$nt"
    if [ -e "/run/netns/$nat_netns" ]; then ip netns del "$nat_netns"; fi
}

nat_ip() { ip -n "$nat_netns" "$@"; }

probe_ip() { ip -n "$probe_netns" "$@"; }

# put_access_port DEVICE WAIT: with "wait", Open vSwitch has taken it over, and all ports before it, on return. What is there
# already is looked at only when adding fails.
put_access_port() {
    wait=--no-wait
    if [ "$2" = wait ]; then wait=; fi
    if failed=$(access_port "$1" "" 2>&1); then return; fi
    marks=$(ovs --if-exists get Port "$1" external_ids)
    case $marks in
    "")
        echo "$failed" >&2
        exit 1
        ;;
    *"$port_mark"*) access_port "$1" --may-exist ;;
    *) refuse "Open vSwitch port $1 is not marked as this connection's" ;;
    esac
}

# access_port DEVICE OPTION: in one transaction, so that no port of ours is ever without its mark.
access_port() {
    # shellcheck disable=SC2086 # none, or one word each
    ovs $wait $2 add-port "$ovs_bridge" "$1" -- set Port "$1" "tag=$vlan" vlan_mode=access 'trunks=[]' \
        "external_ids:isthmus-connection=$connection" -- set Interface "$1" ingress_policing_rate=0
}

remove_access_port() {
    marks=$(ovs --if-exists get Port "$1" external_ids)
    case $marks in
    *"$port_mark"*) ovs --no-wait --if-exists del-port "$1" ;;
    esac
}

# begin STEP … end STEP: what the listener hears.
begin() { echo "=== begin $1"; }
end() { echo "=== end $1"; }
