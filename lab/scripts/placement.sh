# shellcheck shell=bash
# Placement of a site, on request: one process, and an entry in the catalogue. Not part of `up`: few tests
# need it. Hosts are entered by hand where no
# Nova does.

placement_dir() { echo "$(site_dir "$1")/placement"; }
placement_url() { echo "http://127.0.0.1:$(placement_port "$1")"; }

# write_placement_config SITE
write_placement_config() {
    local dir keystone
    dir=$(placement_dir "$1")
    keystone=$(keystone_of "$1")
    mkdir -p "$dir"
    cat >"$dir/placement.conf" <<EOF
[DEFAULT]
log_file=$log_dir/placement-$1.log
[api]
auth_strategy=keystone
[placement_database]
connection=$(database_url "placement_$1")
[keystone_authtoken]
www_authenticate_uri=$(keystone_url "$keystone")
auth_url=$(keystone_url "$keystone")
auth_type=password
username=neutron
password=$(password neutron "$keystone")
project_name=service
user_domain_id=default
project_domain_id=default
service_token_roles_required=true
memcached_servers=127.0.0.1:$memcached_port
EOF
}

# placement_start SITE
placement_start() {
    local site=$1 dir keystone service
    dir=$(placement_dir "$site")
    keystone=$(keystone_of "$site")
    write_placement_config "$site"
    new_database "placement_$site"
    placement-manage --config-file "$dir/placement.conf" db sync >>"$log_dir/placement-manage.out" 2>&1
    start_daemon "placement-$site" env OS_PLACEMENT_CONFIG_DIR="$dir" uwsgi --plugin python3 \
        --http-socket "127.0.0.1:$(placement_port "$site")" --add-header 'Connection: close' --buffer-size 65535 \
        --wsgi-file /usr/bin/placement-api --lazy-apps --need-app --die-on-term --disable-logging \
        --processes 1 --threads 2 --enable-threads
    wait_until "Placement $site answers" 60 "$log_dir/placement-$site.out" answers "$(placement_url "$site")"
    keystone_token "$keystone"
    service=$(ensure_named "$keystone" services placement '{"service": {"name": "placement", "type": "placement"}}')
    ensure_endpoint "$keystone" "$service" "$(region_name "$site")" "$(placement_url "$site")"
}

# placement_stop SITE: its endpoints go with the service.
placement_stop() {
    local keystone service
    keystone=$(keystone_of "$1")
    keystone_token "$keystone"
    service=$(identifier "$keystone" services placement)
    [[ -z $service ]] || call DELETE "$(keystone_url "$keystone")/services/$service" >/dev/null
    stop_daemon "placement-$1"
    rm -rf "$(placement_dir "$1")"
}

# placement_host SITE NAME VCPUS RAM_MB DISK_GB USED_VCPUS: a host as nova-compute would enter it, with one server on it.
placement_host() {
    local site=$1 id consumer token request
    token=$(new_token "$(keystone_of "$site")" admin admin)
    id=$(cat /proc/sys/kernel/random/uuid)
    consumer=$(cat /proc/sys/kernel/random/uuid)
    request=(curl --silent --show-error --fail-with-body --max-time 20 --output /dev/null --header "X-Auth-Token: $token"
        --header 'Content-Type: application/json' --header 'OpenStack-API-Version: placement 1.28')
    jq -n --arg id "$id" --arg name "$2" '{uuid: $id, name: $name}' |
        "${request[@]}" --data @- "$(placement_url "$site")/resource_providers"
    jq -n --argjson vcpus "$3" --argjson ram "$4" --argjson disk "$5" '
        {resource_provider_generation: 0,
         inventories: {VCPU: {total: $vcpus}, MEMORY_MB: {total: $ram}, DISK_GB: {total: $disk}}}' |
        "${request[@]}" --request PUT --data @- "$(placement_url "$site")/resource_providers/$id/inventories"
    jq -n --arg id "$id" --argjson used "$6" '
        {allocations: {($id): {resources: {VCPU: $used}}}, project_id: "lab", user_id: "lab", consumer_generation: null}' |
        "${request[@]}" --request PUT --data @- "$(placement_url "$site")/allocations/$consumer"
}

# placement_command ACTION SITE [ARGUMENT...]: lab placement start|stop|host
placement_command() {
    local action=${1:-} site=${2:-}
    need_up
    need_site "$site"
    shift 2
    case $action in
    start) placement_start "$site" ;;
    stop) placement_stop "$site" ;;
    host)
        (($# == 5)) || fail "lab placement host SITE NAME VCPUS RAM_MB DISK_GB USED_VCPUS"
        placement_host "$site" "$@"
        ;;
    *) fail "lab placement start|stop|host SITE" ;;
    esac
    say "Placement $site: $action done"
}
