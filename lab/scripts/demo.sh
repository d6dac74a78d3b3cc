#!/usr/bin/env bash
# The worked example, from nothing: four datacenters, one call that connects b and d, and VNFs that use the connection.
# demo.sh [--once]: with --once it ends and cleans up by itself; the exit code tells whether all went well.
# demo.sh --picture FILE: the same, with a picture of the console once b and d are connected.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
top=$(cd "$here/.." && pwd)
lab="$here/bin/lab"
isthmus="$top/target/isthmus/bin/isthmus"
state=${ISTHMUS_LAB_DIR:-/var/tmp/isthmus-lab}
demo="$state/demo"
port=${ISTHMUS_DEMO_PORT:-8642}
export ISTHMUS_URL="http://127.0.0.1:$port" JAVA_HOME=${JAVA_HOME:-}
once=false
picture=""
case ${1:-} in
--once) once=true ;;
--picture) once=true picture=$(realpath -m "${2:?a file for the picture}") ;;
"") ;;
*)
    echo "usage: ./dev demo [--once | --picture FILE]" >&2
    exit 2
    ;;
esac

bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'
if [ ! -t 1 ] || [ -n "${NO_COLOR:-}" ]; then bold="" dim="" plain=""; fi
title() { printf '\n%s== %s%s\n\n' "$bold" "$*" "$plain"; }
shown() {
    printf '%s$ isthmus %s%s\n' "$dim" "$*" "$plain"
    "$isthmus" "$@"
}

server_pid=""
vnfs=()
# Ends what the demo started, in the reverse order; the lab too, as it leaves nothing behind.
clean_up() {
    local status=$?
    trap - EXIT INT TERM
    title "Cleaning up"
    local name
    for name in "${vnfs[@]}"; do
        "$lab" vnf unplug "$name" >/dev/null 2>&1 || true
    done
    if [ -n "$server_pid" ]; then
        kill "$server_pid" 2>/dev/null || true
        wait "$server_pid" 2>/dev/null || true
    fi
    "$lab" down
    if [ "$status" = 0 ]; then echo "The demo went well."; else echo "The demo failed (exit $status)." >&2; fi
    exit "$status"
}

start_server() {
    mkdir -p "$demo"
    install -m 600 /dev/null "$demo/credentials.yaml"
    jq -r '(.keystones[] | "openstack-\(.name):", "  type: keystone_password", "  username: \(.isthmus.username)",
                "  password: \(.isthmus.password)", "  project_name: \(.isthmus.project_name)"),
            "gateway:", "  type: ssh_key", "  private_key_file: \(.sites[0].gateway.private_key_file)"' \
        "$state/lab.json" >"$demo/credentials.yaml"
    "$isthmus" server --auth none --port "$port" --data "$demo/data" --credentials "$demo/credentials.yaml" \
        >"$demo/node.log" 2>&1 &
    server_pid=$!
    local deadline=$((SECONDS + 30))
    until curl -fsS -m 2 -o /dev/null "$ISTHMUS_URL/ready" 2>/dev/null; do
        if ! kill -0 "$server_pid" 2>/dev/null || [ "$SECONDS" -ge "$deadline" ]; then
            echo "The node did not start; the end of its log:" >&2
            tail -n 20 "$demo/node.log" >&2
            return 1
        fi
        read -rt 0.1 <> <(:) || true
    done
    echo "A node of Isthmus serves $ISTHMUS_URL (log: $demo/node.log)"
}

# Tells the node of the four sites and the four links that there are.
register() {
    local site link
    for site in a b c d; do
        jq --arg id "$site" '(.keystones | map({key: .name, value: .auth_url}) | from_entries) as $urls |
            .sites[] | select(.id == $id) | {
            id, name, location,
            cloud: {kind, auth_url: $urls[.keystone], region_name, cell, physical_network, vlan_range,
                    credential_id: "openstack-\(.keystone)"},
            gateways: [{
                name: .gateway.name, driver: .gateway.driver, tunnel_address: .gateway.tunnel_address, asn: .gateway.asn,
                max_mtu: 1500, capacity_mbps: 1000,
                management: (.gateway | {host, port: (.port | tostring), username, credential_id: "gateway", host_key,
                                         vty_socket, ovsdb, bridge, dc_netns})}]}' \
            "$state/lab.json" >"$demo/site-$site.json"
        "$isthmus" site create "$site" --from-file "$demo/site-$site.json" -f value -c id >/dev/null
    done
    while read -r link; do
        # shellcheck disable=SC2086 # the words of one link
        set -- $link
        "$isthmus" link create "$1" "$2" --latency "$3" --capacity "$4" --mtu "$5" -f value -c id >/dev/null
    done < <(jq -r '.links[] | "\(.a_site) \(.z_site) \(.latency_ms) \(.capacity_mbps) \(.mtu)"' "$state/lab.json")
}

declare -A token_of=()
# neutron SITE METHOD PATH [BODY]: what Nova would ask for when a VNF starts.
neutron() {
    local url keystone
    keystone=$(jq --arg id "$1" '(.sites[] | select(.id == $id).keystone) as $name | .keystones[] | select(.name == $name)' "$state/lab.json")
    if [ -z "${token_of[$1]:-}" ]; then
        token_of[$1]=$(jq '{auth: {identity: {methods: ["password"], password: {user: {name: .admin.username,
                    password: .admin.password, domain: {name: "Default"}}}},
                    scope: {project: {name: .admin.project_name, domain: {name: "Default"}}}}}' <<<"$keystone" |
            curl -fsS -m 30 -o /dev/null -D - -H 'Content-Type: application/json' -d @- \
                "$(jq -r .auth_url <<<"$keystone")/auth/tokens" | tr -d '\r' | awk 'tolower($1) == "x-subject-token:" {print $2}')
    fi
    url=$(jq -r --arg id "$1" '.sites[] | select(.id == $id).neutron_url' "$state/lab.json")
    curl -fsS -m 60 -X "$2" -H "X-Auth-Token: ${token_of[$1]}" -H 'Content-Type: application/json' ${4:+-d "$4"} "$url/v2.0$3"
}

# vnf SITE ROLE NAME: a port in the connection's network and a stand-in plugged into it; its address goes to address_NAME.
vnf() {
    local site=$1 role=$2 name=$3 network subnet length port id address
    network=$(jq -r ".sides.$role.network_id" "$demo/connection.json")
    port=$(neutron "$site" POST /ports "$(jq -n --arg network "$network" --arg name "$name" --arg host "dc-$site-compute" \
        '{port: {network_id: $network, name: $name, "binding:host_id": $host, device_owner: "compute:nova", device_id: $name}}')")
    id=$(jq -r .port.id <<<"$port")
    address=$(jq -r '.port.fixed_ips[0].ip_address' <<<"$port")
    subnet=$(jq -r '.port.fixed_ips[0].subnet_id' <<<"$port")
    length=$(neutron "$site" GET "/subnets/$subnet" | jq -r '.subnet.cidr | split("/")[1]')
    "$lab" vnf plug "$site" "$name" "$id" "$(jq -r .port.mac_address <<<"$port")" "$address/$length" \
        "$(jq -r .mtu.computed "$demo/connection.json")" >/dev/null
    vnfs+=("$name")
    declare -g "address_$name=$address" "port_$name=$id"
    local deadline=$((SECONDS + 60))
    until [ "$(neutron "$site" GET "/ports/$id" | jq -r .port.status)" = ACTIVE ]; do
        if [ "$SECONDS" -ge "$deadline" ]; then
            echo "the port of $name did not become ACTIVE; see $state/log" >&2
            return 1
        fi
        read -rt 0.2 <> <(:) || true
    done
    echo "VNF $name runs in $site with address $address; its Neutron port is ACTIVE"
}

ping_shown() {
    printf '%s$ ip netns exec ist-vnf-%s ping -c 10 -i 0.2 %s%s\n' "$dim" "$1" "$2" "$plain"
    ip netns exec "ist-vnf-$1" ping -n -c 10 -i 0.2 "$2" | tail -n 2
}

# With a broken connection the first packets fail; a working one needs one moment for ARP and EVPN.
until_ping() {
    local deadline=$((SECONDS + 20))
    until ip netns exec "ist-vnf-$1" ping -n -c 1 -W 1 "$2" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$deadline" ] || { echo "no reply from $2" >&2; return 1; }
    done
}

title "Four datacenters, each with its own OpenStack Neutron, Open vSwitch and FRR gateway"
trap clean_up EXIT
trap 'exit 130' INT TERM
"$lab" up
start_server
register

# The node looks at what it was told of before it calls a site online.
until_online() {
    local deadline=$((SECONDS + 30))
    until [ "$("$isthmus" site list -f value -c status | grep -c '^online$')" = 4 ]; do
        if [ "$SECONDS" -ge "$deadline" ]; then
            "$isthmus" site list
            echo "not every site is online" >&2
            return 1
        fi
        read -rt 0.2 <> <(:) || true
    done
}
until_online

title "Before: links a-b, a-c, b-c, a-d. There is no b-d"
shown map
shown site list

title "One call connects b and d"
shown connect b d --cidr 10.50.0.0/24 --name b-d --wait
id=$("$isthmus" connection list -f value -c id)
"$isthmus" connection show "$id" -f json >"$demo/connection.json"

title "A VNF in b, and its redundant VNF in d"
vnf b local b1
vnf d remote d1
until_ping b1 "$address_d1"
ping_shown b1 "$address_d1"
ping_shown d1 "$address_b1"

title "After: exactly one thing is new"
shown map
shown connection show b-d

if [ -n "$picture" ]; then
    title "The console, in a browser"
    (cd "$here/src/test/console" && npm ci --silent --no-audit --no-fund && node picture.js "$ISTHMUS_URL" "$picture")
fi

if $once; then
    title "Deletion puts everything back"
    for name in "${vnfs[@]}"; do
        "$lab" vnf unplug "$name" >/dev/null
        port="port_$name"
        neutron "${name%1}" DELETE "/ports/${!port}"
    done
    vnfs=()
    shown connection delete b-d --wait
    exit 0
fi

cat <<TEXT

${bold}It is yours to try, in another terminal:${plain}

  $ISTHMUS_URL in a browser shows the map

  export ISTHMUS_URL=$ISTHMUS_URL
  ./dev isthmus connection list
  ./dev isthmus connect c d --cidr 10.51.0.0/24 --wait      # still missing
  ./dev isthmus connection verify b-d                       # measure it now
  ./dev isthmus operation list
  ip netns exec ist-vnf-b1 ping $address_d1
  ./dev lab link a-d delay_ms=40                            # a slower link
  ./dev lab gateway ssh b 'ip -br link'                     # what was made on the gateway
  curl -s $ISTHMUS_URL/v1/connections | jq .
  ./dev lab help

TEXT
read -rp "Press Enter to end the demo and clean up. " _ || true
