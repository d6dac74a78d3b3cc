# shellcheck shell=bash
# lab.json: everything a controller or a test needs to know about the lab.

# account NAME PASSWORD PROJECT: how to log in to Keystone, as JSON.
account() {
    jq -n --arg username "$1" --arg password "$2" --arg project_name "$3" \
        '$ARGS.named + {user_domain_name: "Default", project_domain_name: "Default"}'
}

describe_site() {
    local site=$1 latitude longitude country
    read -r latitude longitude country < <(site_location "$site")
    jq -n --arg id "$site" --arg region "$(region_name "$site")" --arg neutron "$(neutron_url "$site")" \
        --arg host "$(agent_host "$site")" --arg physical "$physical_network" --arg vlans "$vlan_range" \
        --argjson latitude "$latitude" --argjson longitude "$longitude" --arg country "$country" \
        --argjson port "$(ssh_port "$site")" --arg private_key "$state_dir/keys/controller" \
        --arg host_key "$(cut -d' ' -f1,2 "$(gateway_dir "$site")/host_key.pub")" --arg vty "$(frr_dir "$site")" \
        --arg tunnel "$(tunnel_address "$site")" --argjson asn "$(as_number "$site")" \
        --arg ovsdb "unix:$(ovsdb_socket "$site")" --arg datacenter "$(datacenter_namespace "$site")" \
        --arg gateway "$(gateway_namespace "$site")" '
        {id: $id, name: "dc-\($id)", region_name: $region, neutron_url: $neutron, compute_host: $host,
         physical_network: $physical, vlan_range: $vlans,
         location: {latitude: $latitude, longitude: $longitude, country: $country},
         gateway: {name: "gw-\($id)", driver: "frr", host: "127.0.0.1", port: $port, username: "root",
                   private_key_file: $private_key, host_key: $host_key, vty_socket: $vty, tunnel_address: $tunnel, asn: $asn,
                   ovsdb: $ovsdb, bridge: "br-interdc", dc_netns: $datacenter, gateway_netns: $gateway}}'
}

describe_link() {
    jq -n --arg a_site "${1%-*}" --arg z_site "${1#*-}" --argjson latency_ms "$(link_delay "$1")" --argjson mtu "$link_mtu" \
        --argjson capacity_mbps "$link_capacity_mbps" --arg a_interface "wan-${1#*-}" --arg z_interface "wan-${1%-*}" '$ARGS.named'
}

# describe: the whole of it.
describe() {
    local site link
    jq -n --arg state_dir "$state_dir" --arg lab "$lab_home/bin/lab" --arg auth_url "$keystone_url" \
        --argjson admin "$(account admin "$admin_password" admin)" \
        --argjson isthmus "$(account isthmus "$isthmus_password" service)" \
        --argjson demo "$(account demo "$demo_password" demo)" \
        --argjson reader "$(account reader "$reader_password" demo)" \
        --slurpfile sites <(for site in "${sites[@]}"; do describe_site "$site"; done) \
        --slurpfile links <(for link in $(link_names); do describe_link "$link"; done) '
        {state_dir: $state_dir, lab_command: $lab,
         keystone: {auth_url: $auth_url, admin: $admin, isthmus: $isthmus, demo: $demo, reader: $reader},
         sites: $sites, links: $links}'
}

write_description() {
    (
        umask 077
        describe >"$state_dir/lab.json.new"
        mv "$state_dir/lab.json.new" "$state_dir/lab.json"
    )
}

# lab env [admin|isthmus|demo|reader]: the variables of the OpenStack command line.
env_command() {
    need_up
    jq -r --arg user "${1:-admin}" '
        .keystone as $keystone | $keystone[$user] // error("no such user: " + $user) |
        "export OS_AUTH_URL=\($keystone.auth_url)", "export OS_USERNAME=\(.username)", "export OS_PASSWORD=\(.password)",
        "export OS_PROJECT_NAME=\(.project_name)", "export OS_USER_DOMAIN_NAME=\(.user_domain_name)",
        "export OS_PROJECT_DOMAIN_NAME=\(.project_domain_name)", "export OS_IDENTITY_API_VERSION=3",
        "export OS_REGION_NAME=${OS_REGION_NAME:-RegionA}"' "$state_dir/lab.json"
    echo "export ISTHMUS_LAB_DIR=$state_dir"
}
