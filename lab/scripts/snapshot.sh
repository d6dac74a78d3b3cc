# shellcheck shell=bash
# lab snapshot: the whole comparable world as sorted text. Two snapshots with nothing done between are the same, and so are
# those before a connection is made and after it is removed: whatever differs was left behind or lost.
#
# Every line begins with where it is from. Left out: what changes by itself (counters, times, revisions, learnt addresses
# and routes) and numbers that the kernel chooses (interface indices, MAC addresses).

# prefixed TEXT: puts the text before each line of the input.
prefixed() { prefix=$1 awk '{ print ENVIRON["prefix"], $0 }'; }

# snapshot_namespace NAME: its interfaces, addresses, routes, rules, traffic control and packet filters.
snapshot_namespace() {
    local namespace=$1
    ip -n "$namespace" -json -details link | jq -r '
        .[] | . as $link |
        [.ifname, (.linkinfo.info_kind // "plain"), "mtu=\(.mtu)", "master=\(.master // "-")",
         (if (.flags | index("UP")) then "up" else "down" end), "alias=\(.ifalias // "-")", "group=\(.group // "-")"]
        + (if .linkinfo.info_kind == "vxlan"
           then [.linkinfo.info_data | "id=\(.id)", "local=\(.local)", "remote=\(.remote // "-")", "port=\(.port)",
                 "learning=\(.learning)", "df=\(.df // "-")"] else [] end)
        + (if .linkinfo.info_kind == "bridge"
           then [.linkinfo.info_data | "stp=\(.stp_state)", "delay=\(.forward_delay)", "filtering=\(.vlan_filtering)"] else [] end)
        + (if .linkinfo.info_slave_kind == "bridge"
           then [.linkinfo.info_slave_data | "learning=\(.learning)", "neigh_suppress=\(.neigh_suppress)", "isolated=\(.isolated)",
                 "flood=\(.flood)", "bcast_flood=\(.bcast_flood)"]
           else [] end)
        | "link " + join(" ")'
    ip -n "$namespace" -json address | jq -r '
        .[] | .ifname as $name | .addr_info[] | select(.scope != "link" and .local) | "address \($name) \(.local)/\(.prefixlen)"'
    ip -n "$namespace" -json route show table all | jq -r '
        .[] | select(.protocol != "kernel" and .protocol != "bgp") |
        "route \(.dst) via=\(.gateway // "-") dev=\(.dev // "-") protocol=\(.protocol) table=\(.table // "main")"'
    ip -n "$namespace" rule | prefixed rule
    tc -n "$namespace" -json qdisc | jq -r '
        .[] | select(.kind as $kind | ["noqueue", "pfifo_fast", "mq", "fq_codel"] | index($kind) | not) |
        "queue \(.dev) \(.kind) \(.options)"'
    ip netns exec "$namespace" nft --stateless list ruleset | prefixed filter
}

# snapshot_processes NAMESPACE: the names of those that run there, without SSH sessions and without the helpers that Neutron's
# agents start when they first need them.
snapshot_processes() {
    local pid
    for pid in $(ip netns pids "$1"); do
        if ! belongs_to_ssh "$pid"; then echo "process $(cat "/proc/$pid/comm" 2>/dev/null || echo ended)"; fi
    done | sort | grep -Ev 'ended|privsep-helper' || true
}

# belongs_to_ssh PID: whether it is an sshd or descends from one.
belongs_to_ssh() {
    local pid=$1 line
    while ((pid > 1)); do
        line=$(cat "/proc/$pid/stat" 2>/dev/null) || return 0
        [[ $line != *"(sshd)"* ]] || return 0
        line=${line##*) }
        line=${line#* }
        pid=${line%% *}
    done
    return 1
}

# snapshot_switch SITE: each port with its bridge, VLAN, type and what it was plugged for.
snapshot_switch() {
    local site=$1 bridge
    jq -nr --slurpfile bridges <(vsctl "$site" --format=json --columns=name,ports list Bridge) \
        --slurpfile ports <(vsctl "$site" --format=json --columns=_uuid,name,tag,trunks,vlan_mode,qos list Port) \
        --slurpfile interfaces <(vsctl "$site" --format=json --columns=name,type,external_ids,ingress_policing_rate list Interface) '
        def plain: if type == "array" and (.[0] == "set" or .[0] == "map") then (if .[1] == [] then "-" else .[1] | tojson end)
                   elif type == "array" and .[0] == "uuid" then .[1] else tostring end;
        def uuids: if .[0] == "uuid" then [.[1]] else [.[1][] | .[1]] end;
        ($interfaces[0].data | map({key: .[0], value: .}) | from_entries) as $interface |
        ($ports[0].data | map({key: .[0][1], value: .}) | from_entries) as $port |
        $bridges[0].data[] | .[0] as $bridge | .[1] | uuids[] | $port[.] | $interface[.[1]] as $its |
        "switch \($bridge) port=\(.[1]) tag=\(.[2] | plain) trunks=\(.[3] | plain) vlan_mode=\(.[4] | plain) qos=\(.[5] | plain)"
        + " type=\($its[1] | plain) policing=\($its[3]) ids=\($its[2] | plain)"'
    for bridge in br-int br-interdc; do
        ovs-ofctl --timeout=20 -O OpenFlow13 dump-meters "unix:$(ovs_dir "$site")/$bridge.mgmt" |
            grep -v '^OFPST_METER' | prefixed "meter $bridge" || true
    done
}

# snapshot_neutron SITE: its networks, subnets, ports and routers, one line of JSON each.
snapshot_neutron() {
    local collection reply
    for collection in networks subnets ports routers; do
        reply=$(call GET "$(neutron_url "$1")/v2.0/$collection")
        jq -cS --arg kind "$collection" '.[$kind][] | del(.updated_at, .revision_number)' <<<"$reply" | prefixed "$collection"
    done
}

# snapshot_site SITE
snapshot_site() {
    local site=$1 gateway datacenter
    gateway=$(gateway_namespace "$site")
    datacenter=$(datacenter_namespace "$site")
    { snapshot_namespace "$gateway" && snapshot_processes "$gateway"; } | sort | prefixed "$site gateway"
    vtysh_in "$site" -c 'show running-config' | sed -e '/^Building config/d' -e '/^Current config/d' -e '/^hostname /d' | prefixed "$site gateway frr |"
    { snapshot_namespace "$datacenter" && snapshot_processes "$datacenter" && snapshot_switch "$site"; } |
        sort | prefixed "$site datacenter"
    snapshot_neutron "$site" | sort | prefixed "$site neutron"
}

# snapshot [SITE]...: all sites, or only these.
snapshot() {
    local site record parts sites=("${sites[@]}")
    (($# == 0)) || sites=("$@")
    need_up
    admin_token
    ip netns list | cut -d' ' -f1 | sort | prefixed namespace
    ip -json -details link | jq -r '.[] | "root link \(.ifname) \(.linkinfo.info_kind // "plain")"' | sort
    for record in "$state_dir"/vnf/*; do [[ ! -e $record ]] || prefixed vnf <"$record"; done
    parts=$(mktemp -d -p "$run_dir")
    for site in "${sites[@]}"; do in_background "snapshot-$site" snapshot_site "$site" >"$parts/$site"; done
    await "${sites[@]/#/snapshot-}"
    cat "$parts"/*
    rm -r "$parts"
}

# lab snapshot [FILE] | --site SITE
snapshot_command() {
    if [[ ${1:-} == --site ]]; then
        snapshot "${2:?which site}"
    elif (($# > 0)); then snapshot >"$1"; else snapshot; fi
}
