# shellcheck shell=bash
# lab selftest: makes the example's connection b-d by hand, as a controller would: Neutron by its API, gateways by SSH.
#
#     VNF ─ br-int ─ br-interdc ─ veth ─ bridge ─ VXLAN ═══ EVPN ═══ VXLAN ─ bridge ─ veth ─ br-interdc ─ br-int ─ VNF

selftest_vlan=2990
selftest_vni=59990
selftest_mtu=1450 # what VXLAN leaves of the WAN's 1500

# make_selftest_network SITE: a provider network with a subnet and one port; prints the port as JSON.
make_selftest_network() {
    local site=$1 url network subnet
    url=$(neutron_url "$site")/v2.0
    network=$(call POST "$url/networks" "{\"network\": {\"name\": \"selftest\", \"mtu\": $selftest_mtu,
        \"provider:network_type\": \"vlan\", \"provider:physical_network\": \"$physical_network\",
        \"provider:segmentation_id\": $selftest_vlan}}" | jq -r .network.id)
    # Both sites allocate from the same subnet, each from a part of its own.
    subnet="10.99.0.$(site_number "$site")"
    call POST "$url/subnets" "{\"subnet\": {\"network_id\": \"$network\", \"ip_version\": 4, \"cidr\": \"10.99.0.0/24\",
        \"enable_dhcp\": false, \"gateway_ip\": null, \"allocation_pools\": [{\"start\": \"${subnet}0\", \"end\": \"${subnet}9\"}]}}" >/dev/null
    call POST "$url/ports" "{\"port\": {\"network_id\": \"$network\", \"name\": \"selftest\", \"device_owner\": \"compute:nova\",
        \"device_id\": \"selftest\", \"binding:host_id\": \"$(agent_host "$site")\"}}" | jq -c .port
}

# remove_selftest_network SITE
remove_selftest_network() {
    local url id
    url=$(neutron_url "$1")/v2.0
    for id in $(call GET "$url/ports?name=selftest" | jq -r '.ports[].id'); do call DELETE "$url/ports/$id" >/dev/null; done
    for id in $(call GET "$url/networks?name=selftest" | jq -r '.networks[].id'); do call DELETE "$url/networks/$id" >/dev/null; done
}

# configure_selftest_gateway SITE: the gateway's half of the connection.
configure_selftest_gateway() {
    local site=$1
    gateway_ssh "$site" bash -euo pipefail -s <<EOF
ip link add acc$selftest_vni type veth peer name dci$selftest_vni netns $(datacenter_namespace "$site")
# Checksums that the kernel left to hardware would reach the userspace datapath unfinished.
ethtool -K acc$selftest_vni tx off >/dev/null
ip -n $(datacenter_namespace "$site") link set dci$selftest_vni up
ip -batch - <<BATCH
link add br$selftest_vni type bridge stp_state 0 forward_delay 0
link set br$selftest_vni addrgenmode none
link add vx$selftest_vni type vxlan id $selftest_vni local $(tunnel_address "$site") dstport 4789 nolearning df set
link set vx$selftest_vni addrgenmode none mtu $selftest_mtu master br$selftest_vni
link set vx$selftest_vni type bridge_slave neigh_suppress off learning off
link set acc$selftest_vni master br$selftest_vni up
link set vx$selftest_vni up
link set br$selftest_vni up
BATCH
vtysh --vty_socket $(frr_dir "$site") -c 'configure terminal' -c 'router bgp $(as_number "$site")' \
    -c 'address-family l2vpn evpn' -c 'vni $selftest_vni' \
    -c 'route-target import 65000:$selftest_vni' -c 'route-target export 65000:$selftest_vni'
ovs-vsctl --db=unix:$(ovsdb_socket "$site") add-port br-interdc dci$selftest_vni tag=$selftest_vlan
EOF
}

# clear_selftest_gateway SITE: removes what is there of it.
clear_selftest_gateway() {
    local site=$1
    gateway_ssh "$site" bash -uo pipefail -s >>"$log_dir/selftest.log" 2>&1 <<EOF
ovs-vsctl --db=unix:$(ovsdb_socket "$site") --if-exists del-port br-interdc dci$selftest_vni
vtysh --vty_socket $(frr_dir "$site") -c 'configure terminal' -c 'router bgp $(as_number "$site")' \
    -c 'address-family l2vpn evpn' -c 'no vni $selftest_vni'
ip link del vx$selftest_vni
ip link del br$selftest_vni
ip link del acc$selftest_vni
true
EOF
}

remove_selftest() {
    local site
    for site in b d; do
        if [[ -e $state_dir/vnf/selftest-$site ]]; then vnf_unplug "selftest-$site"; fi
        clear_selftest_gateway "$site"
        remove_selftest_network "$site"
    done
}

# plug_selftest_vnf SITE PORT
plug_selftest_vnf() {
    vnf_plug "$1" "selftest-$1" "$(jq -r .id <<<"$2")" "$(jq -r .mac_address <<<"$2")" \
        "$(jq -r '.fixed_ips[0].ip_address' <<<"$2")/24" "$selftest_mtu"
}

# port_is_active SITE PORT_ID
port_is_active() { call GET "$(neutron_url "$1")/v2.0/ports/$2" | jq -e '.port.status == "ACTIVE"' >/dev/null; }

# ping_from SITE ARGUMENT...: from the VNF of that site.
ping_from() {
    local site=$1
    shift
    ip netns exec "ist-vnf-selftest-$site" ping "$@"
}

# ping_without_loss SITE ADDRESS: twenty small packets and twenty as large as the network's MTU, all answered.
ping_without_loss() {
    local size
    for size in 56 $((selftest_mtu - 28)); do
        ping_from "$1" -q -c 20 -i 0.05 -W 2 -M "do" -s "$size" "$2" >"$log_dir/selftest-ping.log" 2>&1 || true
        grep -q ' 0% packet loss' "$log_dir/selftest-ping.log" ||
            fail "pings of $size bytes from $1 to $2 were lost: $(tail -n 2 "$log_dir/selftest-ping.log")"
    done
}

# as_before FILE: whether the world is as the snapshot in the file says.
as_before() { snapshot | cmp --silent "$1" -; }

selftest() {
    local before=$run_dir/selftest-before port_b port_d address_b address_d
    need_up
    : >"$log_dir/selftest.log"
    admin_token
    step "remains of an earlier self-test removed" remove_selftest
    step "snapshot taken" snapshot_command "$before"
    port_b=$(make_selftest_network b)
    port_d=$(make_selftest_network d)
    address_b=$(jq -r '.fixed_ips[0].ip_address' <<<"$port_b")
    address_d=$(jq -r '.fixed_ips[0].ip_address' <<<"$port_d")
    say "networks, subnets and ports made in Neutron b and d ($address_b, $address_d)"
    plug_selftest_vnf b "$port_b"
    plug_selftest_vnf d "$port_d"
    say "VNFs plugged"
    wait_until "port of b is ACTIVE" 30 "$log_dir/agent-b.log" quietly port_is_active b "$(jq -r .id <<<"$port_b")"
    wait_until "port of d is ACTIVE" 30 "$log_dir/agent-d.log" quietly port_is_active d "$(jq -r .id <<<"$port_d")"
    say "both ports are ACTIVE"
    step "gateway b configured over SSH" configure_selftest_gateway b
    step "gateway d configured over SSH" configure_selftest_gateway d
    step "first answer" wait_until "b reaches d" 30 "$log_dir/gateway-b-bgpd.log" ping_from b -c 1 -W 1 "$address_d"
    step "no loss from b to d" ping_without_loss b "$address_d"
    step "no loss from d to b" ping_without_loss d "$address_b"
    step "all removed" remove_selftest
    # Neutron's agents forget an unplugged port a moment later.
    quietly wait_until "the world is as before" 20 "$run_dir/selftest-after" quietly as_before "$before" || true
    snapshot_command "$run_dir/selftest-after"
    diff "$before" "$run_dir/selftest-after" || fail "the self-test left something behind (see above)"
    say "the snapshot is as before: passed"
}
