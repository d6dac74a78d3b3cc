# shellcheck shell=bash
# Stand-ins for VNFs: a namespace with one interface, plugged into a site's br-int as Nova would plug a server's port.

# vnf_plug SITE NAME PORT_ID MAC IP/LENGTH MTU: the Neutron port must be bound to the site's host (dc-SITE-compute).
vnf_plug() {
    (($# == 6)) || fail "lab vnf plug SITE NAME PORT_ID MAC IP/LENGTH MTU"
    local site=$1 name=$2 port=$3 mac=$4 address=$5 mtu=$6 namespace datacenter tap
    need_up
    need_site "$site"
    [[ $name =~ ^[a-z0-9][a-z0-9-]{0,30}$ ]] || fail "not a name for a VNF: $name"
    [[ ! -e $state_dir/vnf/$name ]] || fail "there is a VNF named $name: lab vnf unplug $name"
    namespace=ist-vnf-$name
    datacenter=$(datacenter_namespace "$site")
    tap=tap${port:0:11}
    # Recorded before anything is made, so that `unplug` and `down` find what a crash left.
    jq -cn --arg name "$name" --arg site "$site" --arg port "$port" --arg mac "$mac" --arg address "$address" --arg tap "$tap" \
        --argjson mtu "$mtu" '$ARGS.named' >"$state_dir/vnf/$name"
    ensure_namespace "$namespace"
    ip link add "$tap" netns "$datacenter" type veth peer name eth0 netns "$namespace"
    # The userspace datapath reads whole packets: checksums and segments that the kernel left to hardware would be wrong.
    ip netns exec "$namespace" ethtool -K eth0 tx off tso off gso off >/dev/null
    ip -n "$namespace" link set eth0 address "$mac" mtu "$mtu" up
    ip -n "$namespace" address add "$address" dev eth0
    ip -n "$datacenter" link set "$tap" up
    vsctl "$site" -- --may-exist add-port br-int "$tap" -- set Interface "$tap" external_ids:iface-id="$port" \
        external_ids:iface-status=active external_ids:attached-mac="$mac" external_ids:vm-uuid="$name"
}

# vnf_unplug NAME
vnf_unplug() {
    (($# == 1)) || fail "lab vnf unplug NAME"
    local record=$state_dir/vnf/$1
    need_up
    [[ -e $record ]] || fail "there is no VNF named $1"
    vsctl "$(jq -r .site "$record")" --if-exists del-port br-int "$(jq -r .tap "$record")"
    delete_namespace "ist-vnf-$1"
    rm -f "$record"
}

# delete_namespace NAME: with the processes in it.
delete_namespace() {
    local pid
    [[ -e /run/netns/$1 ]] || return 0
    for pid in $(ip netns pids "$1" 2>/dev/null); do kill -KILL "$pid" 2>/dev/null || true; done
    ip netns delete "$1" 2>/dev/null || rm -f "/run/netns/$1"
}

vnf_list() {
    local record
    need_up
    for record in "$state_dir"/vnf/*; do
        [[ ! -e $record ]] || jq -r '"\(.name)\t\(.site)\t\(.address)\t\(.mac)\t\(.port)"' "$record"
    done
}

vnf_command() {
    local action=${1:-}
    shift || true
    case $action in
    plug) vnf_plug "$@" ;;
    unplug) vnf_unplug "$@" ;;
    list) vnf_list ;;
    *) fail "lab vnf plug|unplug|list" ;;
    esac
}
