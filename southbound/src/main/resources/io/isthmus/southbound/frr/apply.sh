# Makes and removes the objects of one connection. Every function may be repeated. Devices carry their owner's mark, and
# nothing without it is changed.
set -e
trap wait EXIT

mark=isthmus:$connection

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

# add DEVICE TYPE...: a device in the gateway's own namespace.
add() {
    if ! failed=$(ip link add "$@" 2>&1); then
        mine ip "$1" || refuse_add "$failed"
    fi
}

refuse_add() {
    echo "$1" >&2
    exit 1
}

# A device with an MTU below 1280 has no IPv6, and so no way to make addresses that could be set: the MTU comes first.
put_bridge() {
    add "$br" type bridge stp_state 0 forward_delay 0
    ip -batch - <<END
link set dev $br alias $mark
link set dev $br type bridge stp_state 0 forward_delay 0
link set dev $br mtu $mtu
link set dev $br addrgenmode none
link set dev $br up
END
}

remove_bridge() { discard ip "$br"; }

put_handoff() {
    if ! ip link add "$ac" type veth peer name "$dc" ${dc_netns:+netns "$dc_netns"} 2>/dev/null; then
        if ! mine ip "$ac" || ! mine dc_ip "$dc"; then
            discard ip "$ac"
            discard dc_ip "$dc"
            ip link add "$ac" type veth peer name "$dc" ${dc_netns:+netns "$dc_netns"}
        fi
    fi
    ip -batch - <<END
link set dev $ac alias $mark
link set dev $ac mtu $mtu
link set dev $ac addrgenmode none master $br
link set dev $ac up
END
    put_switch_end "$dc"
    ethtool -K "$ac" tx off >/dev/null
    put_access_port "$dc" "$1"
}

remove_handoff() {
    remove_access_port "$dc"
    discard ip "$ac"
    discard dc_ip "$dc"
}

put_vxlan() {
    add "$vx" type vxlan id "$vni" local "$tunnel" dstport 4789 nolearning df set
    ip -batch - <<END
link set dev $vx alias $mark
link set dev $vx type vxlan local $tunnel nolearning df set
link set dev $vx mtu $mtu
link set dev $vx addrgenmode none master $br
link set dev $vx type bridge_slave neigh_suppress off learning off
link set dev $vx up
END
}

remove_vxlan() { discard ip "$vx"; }

# put_route_targets UNWANTED-IMPORTS UNWANTED-EXPORTS: exactly ours; the unwanted ones are lists.
put_route_targets() {
    imports=$1 exports=$2
    set -- -c "route-target import $route_target" -c "route-target export $route_target"
    for target in $imports; do set -- "$@" -c "no route-target import $target"; done
    for target in $exports; do set -- "$@" -c "no route-target export $target"; done
    frr_configure -c "vni $vni" "$@"
}

remove_route_targets() { frr_configure -c "no vni $vni"; }

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
put_probe() {
    [ -e "/run/netns/$probe_netns" ] || ip netns add "$probe_netns"
    if ! dc_ip link add "$pp" type veth peer name "$pr" netns "$probe_netns" 2>/dev/null; then
        if ! mine dc_ip "$pp" || ! mine probe_ip "$pr"; then
            discard dc_ip "$pp"
            discard probe_ip "$pr"
            dc_ip link add "$pp" type veth peer name "$pr" netns "$probe_netns"
        fi
    fi
    probe_ip -batch - <<END
link set dev $pr alias $mark
link set dev $pr mtu $mtu
address replace $probe_address/30 dev $pr
link set dev $pr up
END
    nsenter --net="/run/netns/$probe_netns" -- sh -c '
        echo 0 >/proc/sys/net/ipv4/ip_forward
        for each in /proc/sys/net/ipv6/conf/*/disable_ipv6; do echo 1 >"$each"; done
        echo 100 >"/proc/sys/net/ipv4/neigh/$1/retrans_time_ms"
        echo 100 >"/proc/sys/net/ipv4/neigh/$1/mcast_solicit"
        ethtool -K "$1" tx off >/dev/null' sh "$pr"
    put_switch_end "$pp"
    put_access_port "$pp" "$1"
}

remove_probe() {
    remove_access_port "$pp"
    discard dc_ip "$pp"
    if [ -e "/run/netns/$probe_netns" ]; then ip netns del "$probe_netns"; fi
}

probe_ip() { ip -n "$probe_netns" "$@"; }

# put_switch_end DEVICE: the end of a pair that Open vSwitch holds; in its userspace datapath it does not complete checksums.
put_switch_end() {
    dc_ip -batch - <<END
link set dev $1 alias $mark
link set dev $1 mtu $mtu
link set dev $1 addrgenmode none
link set dev $1 up
END
    dc_run ethtool -K "$1" tx off >/dev/null
}

# put_access_port DEVICE WAIT: with "wait", Open vSwitch has taken it over, and all ports before it, on return.
put_access_port() {
    wait=--no-wait
    if [ "$2" = wait ]; then wait=; fi
    ovs $wait --may-exist add-port "$ovs_bridge" "$1" -- set Port "$1" "tag=$vlan" vlan_mode=access 'trunks=[]' \
        "external_ids:isthmus-connection=$connection"
}

remove_access_port() { ovs --no-wait --if-exists del-port "$1"; }

# begin STEP … end STEP: what the listener hears.
begin() { echo "=== begin $1"; }
end() { echo "=== end $1"; }
