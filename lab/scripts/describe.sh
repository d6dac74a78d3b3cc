# shellcheck shell=bash
# lab.json: everything a controller or a test needs to know about the lab.

# describe_keystone KEYSTONE: where it is, and how its users log in.
describe_keystone() {
    jq -n --arg name "$1" --arg auth_url "$(keystone_url "$1")" --arg admin "$(password admin "$1")" \
        --arg isthmus "$(password isthmus "$1")" --arg demo "$(password demo "$1")" --arg reader "$(password reader "$1")" '
        def account(name; password; project): {username: name, password: password, project_name: project,
            user_domain_name: "Default", project_domain_name: "Default"};
        {name: $name, auth_url: $auth_url, admin: account("admin"; $admin; "admin"),
         isthmus: account("isthmus"; $isthmus; "service"), demo: account("demo"; $demo; "demo"),
         reader: account("reader"; $reader; "demo")}'
}

describe_site() {
    local site=$1 latitude longitude country
    read -r latitude longitude country < <(site_location "$site")
    jq -n --arg id "$site" --arg kind "$(site_kind "$site")" --arg keystone "$(keystone_of "$site")" \
        --arg region "$(region_name "$site")" --arg cell "$(cell_name "$site")" --arg neutron "$(neutron_url "$site")" \
        --arg host "$(agent_host "$site")" --arg physical "$physical_network" --arg vlans "$vlan_range" \
        --argjson latitude "$latitude" --argjson longitude "$longitude" --arg country "$country" \
        --argjson port "$(ssh_port "$site")" --arg private_key "$state_dir/keys/controller" \
        --arg host_key "$(cut -d' ' -f1,2 "$(gateway_dir "$site")/host_key.pub")" --arg vty "$(frr_dir "$site")" \
        --arg tunnel "$(tunnel_address "$site")" --argjson asn "$(as_number "$site")" \
        --arg ovsdb "unix:$(ovsdb_socket "$site")" --arg datacenter "$(datacenter_namespace "$site")" \
        --arg gateway "$(gateway_namespace "$site")" '
        {id: $id, name: "dc-\($id)", kind: $kind, keystone: $keystone, region_name: $region,
         cell: (if $cell == "" then null else $cell end), neutron_url: $neutron, compute_host: $host,
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
    local site link keystone
    jq -n --arg state_dir "$state_dir" --arg lab "$lab_home/bin/lab" \
        --slurpfile keystones <(for keystone in "${keystones[@]}"; do describe_keystone "$keystone"; done) \
        --slurpfile sites <(for site in "${sites[@]}"; do describe_site "$site"; done) \
        --slurpfile links <(for link in $(link_names); do describe_link "$link"; done) '
        {state_dir: $state_dir, lab_command: $lab,
         keystone: $keystones[0], keystones: $keystones,
         sites: $sites, links: $links}'
}

write_description() {
    (
        umask 077
        describe >"$state_dir/lab.json.new"
        mv "$state_dir/lab.json.new" "$state_dir/lab.json"
    )
}

# lab env [admin|isthmus|demo|reader] [SITE]: the variables of the OpenStack command line.
env_command() {
    local site=${2:-a}
    need_up
    need_site "$site"
    jq -r --arg user "${1:-admin}" --arg name "$(keystone_of "$site")" --arg region "$(region_name "$site")" '
        (.keystones[] | select(.name == $name)) as $keystone | $keystone[$user] // error("no such user: " + $user) |
        "export OS_AUTH_URL=\($keystone.auth_url)", "export OS_USERNAME=\(.username)", "export OS_PASSWORD=\(.password)",
        "export OS_PROJECT_NAME=\(.project_name)", "export OS_USER_DOMAIN_NAME=\(.user_domain_name)",
        "export OS_PROJECT_DOMAIN_NAME=\(.project_domain_name)", "export OS_IDENTITY_API_VERSION=3",
        "export OS_REGION_NAME=\($region)"' "$state_dir/lab.json"
    echo "export ISTHMUS_LAB_DIR=$state_dir"
}
