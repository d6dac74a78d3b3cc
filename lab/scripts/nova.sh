# shellcheck shell=bash
# Nova, on request, with a Glance for each cloud (glance.sh): the region of the cells b and c has one nova-api for both, with a Nova cell for each, and the
# instance d has a nova-api of its own. Not part of `up`: few tests need it, and it takes as much memory as two sites. Computes
# have the fake driver: what they bind ports for is plugged by `lab vnf plug`.

# The clouds that have a Nova, by the site that gives its Keystone, region and ports; and the cells of the first.
nova_clouds=(b d)
nova_cells=(b c)

nova_dir() { echo "$state_dir/nova-$1"; }
nova_url() { echo "http://127.0.0.1:$(nova_port "$1")/v2.1"; }

# write_nova_config CLOUD SITE: what the services of one cell share; the first cell's conductor serves the whole cloud, too.
write_nova_config() {
    local cloud=$1 site=$2 dir
    dir=$(nova_dir "$cloud")
    mkdir -p "$dir/state" "$dir/lock"
    cat >"$dir/cell-$site.conf" <<EOT
[DEFAULT]
state_path=$dir/state
transport_url=$(bus_url "$site")
my_ip=127.0.0.1
enabled_apis=osapi_compute
service_down_time=60
report_interval=10
# Else what is done regularly begins within a minute.
periodic_fuzzy_delay=0
compute_driver=fake.FakeDriver
[api]
auth_strategy=keystone
[conductor]
workers=1
[scheduler]
workers=1
discover_hosts_in_cells_interval=3
[filter_scheduler]
enabled_filters=AvailabilityZoneFilter,ComputeFilter
[glance]
api_servers=$(glance_url "$cloud")
[neutron]
$(service_login "$site")
region_name=$(region_name "$site")
endpoint_override=$(neutron_url "$site")
[placement]
$(service_login "$site")
region_name=$(region_name "$site")
[service_user]
send_service_user_token=true
$(service_login "$site")
[oslo_concurrency]
lock_path=$dir/lock
[oslo_messaging_notifications]
driver=noop
[oslo_messaging_rabbit]
heartbeat_in_pthread=false
[oslo_policy]
policy_dirs=/etc/nova/policy.d
[workarounds]
disable_rootwrap=true
[quota]
driver=nova.quota.NoopQuotaDriver
[vnc]
enabled=false
$(token_check "$site")
EOT
    # nova-compute refuses to work where it could reach a database.
    cat >"$dir/databases-$site.conf" <<EOT
[api_database]
connection=$(database_url "nova_api_$cloud")
[database]
connection=$(database_url "nova_cell_$site")
EOT
}

# nova_config CLOUD SITE: the options that name both files.
nova_config() { echo "--config-file $(nova_dir "$1")/cell-$2.conf --config-file $(nova_dir "$1")/databases-$2.conf"; }

# make_nova_schemas: by Nova's own migrations, dumped for the other databases.
make_nova_schemas() {
    local config
    read -ra config < <(nova_config b b)
    new_database nova_api_b
    new_database nova_cell_b
    nova-manage "${config[@]}" api_db sync >>"$log_dir/nova-manage.out" 2>&1
    nova-manage "${config[@]}" db sync --local_cell >>"$log_dir/nova-manage.out" 2>&1
    dump_schema nova_api_b nova-api
    dump_schema nova_cell_b nova-cell
}

# map_cell CLOUD NAME UUID BUS DATABASE: as `nova-manage cell_v2 create_cell` does, without three seconds of Python.
map_cell() {
    sql "nova_api_$1" -e "insert into cell_mappings (created_at, uuid, name, transport_url, database_connection, disabled)
        values (now(), '$3', '$2', '$4', '$(database_url "$5")', 0)"
}

# make_nova_databases: each cloud's own, the cells' and the one for servers that found no host.
make_nova_databases() {
    local cloud site
    make_nova_schemas
    for site in "${nova_cells[@]:1}"; do new_database "nova_cell_$site" nova-cell; done
    for cloud in "${nova_clouds[@]}"; do
        [[ $cloud == b ]] || { new_database "nova_api_$cloud" nova-api && new_database "nova_cell_$cloud" nova-cell; }
        new_database "nova_nowhere_$cloud" nova-cell
        map_cell "$cloud" cell0 00000000-0000-0000-0000-000000000000 none:/// "nova_nowhere_$cloud"
    done
    for site in "${nova_cells[@]}"; do
        map_cell b "$(cell_name "$site")" "$(cat /proc/sys/kernel/random/uuid)" "$(bus_url "$site")" "nova_cell_$site"
    done
}

# nova_api_start CLOUD: one thread, as more of them lose the replies of the message bus.
nova_api_start() {
    local dir
    dir=$(nova_dir "$1")
    start_daemon "nova-api-$1" env OS_NOVA_CONFIG_DIR=/etc/nova \
        OS_NOVA_CONFIG_FILES="api-paste.ini;$dir/cell-$1.conf;$dir/databases-$1.conf" uwsgi --plugin python3 \
        --http-socket "127.0.0.1:$(nova_port "$1")" --add-header 'Connection: close' --buffer-size 65535 \
        --wsgi-file /usr/bin/nova-api-wsgi --lazy-apps --need-app --die-on-term --disable-logging \
        --processes 1 --threads 1 --enable-threads
    wait_until "Nova $1 answers" 120 "$log_dir/nova-api-$1.out" answers "$(nova_url "$1")"
}

# nova_cells_start: the conductors, the scheduler and a compute for each cell.
nova_cells_start() {
    local site config
    for site in "${nova_cells[@]}"; do
        read -ra config < <(nova_config b "$site")
        start_daemon "nova-conductor-$site" nova-conductor "${config[@]}" --log-file "$log_dir/nova-conductor-$site.log"
        # Its program is in a package that would bring hypervisors along.
        start_daemon "nova-compute-$site" python3 -c 'import sys
from nova.cmd.compute import main
sys.argv[0] = "nova-compute"
main()' --config-file "$(nova_dir b)/cell-$site.conf" --config-file "$(nova_dir b)/compute-$site.conf" \
            --log-file "$log_dir/nova-compute-$site.log"
    done
    read -ra config < <(nova_config b b)
    start_daemon nova-scheduler nova-scheduler "${config[@]}" --log-file "$log_dir/nova-scheduler.log"
}

# write_compute_config SITE: its host is called as Neutron's agent there calls it.
write_compute_config() {
    local dir
    dir=$(nova_dir b)
    mkdir -p "$dir/compute-$1/instances"
    cat >"$dir/compute-$1.conf" <<EOT
[DEFAULT]
host=$(agent_host "$1")
state_path=$dir/compute-$1
instances_path=$dir/compute-$1/instances
[oslo_concurrency]
lock_path=$dir/compute-$1
EOT
}

# fill_nova_catalogue CLOUD
fill_nova_catalogue() {
    local keystone service
    keystone=$(keystone_of "$1")
    keystone_token "$keystone"
    ensure_user "$keystone" nova service admin service
    service=$(ensure_named "$keystone" services nova '{"service": {"name": "nova", "type": "compute"}}')
    ensure_endpoint "$keystone" "$service" "$(region_name "$1")" "$(nova_url "$1")"
    service=$(ensure_named "$keystone" services glance '{"service": {"name": "glance", "type": "image"}}')
    ensure_endpoint "$keystone" "$service" "$(region_name "$1")" "$(glance_url "$1")"
}

# nova_call METHOD CLOUD PATH [BODY]
nova_call() {
    token_of_port[$(nova_port "$2")]=${token_of_port[$(keystone_port "$(keystone_of "$2")")]}
    call "$1" "$(nova_url "$2")$3" ${4:+"$4"}
}

hosts_are_there() { [[ $(nova_call GET b /os-hypervisors | jq '.hypervisors | length') == "${#nova_cells[@]}" ]]; }

# make_zones: an availability zone for each cell: Nova's API tells of no other way to choose one.
make_zones() {
    local site id
    for site in "${nova_cells[@]}"; do
        id=$(nova_call POST b /os-aggregates \
            "{\"aggregate\": {\"name\": \"$(cell_name "$site")\", \"availability_zone\": \"$(cell_name "$site")\"}}" | jq .aggregate.id)
        nova_call POST b "/os-aggregates/$id/action" "{\"add_host\": {\"host\": \"$(agent_host "$site")\"}}" >/dev/null
    done
}

# nova_ports: as all_ports.
nova_ports() {
    local cloud
    echo "$(placement_port b) placement-b"
    for cloud in "${nova_clouds[@]}"; do
        echo "$(nova_port "$cloud") nova-api-$cloud"
        echo "$(glance_port "$cloud") glance-$cloud"
    done
}

nova_start() {
    local cloud site
    need_free_ports < <(nova_ports)
    for cloud in "${nova_clouds[@]}"; do
        write_nova_config "$cloud" "$cloud"
        write_glance_config "$cloud"
        fill_nova_catalogue "$cloud"
    done
    for site in "${nova_cells[@]}"; do
        write_nova_config b "$site"
        write_compute_config "$site"
    done
    in_background glance-schema step "Glance has its schema" make_glance_databases
    step "Nova has its schema" make_nova_databases
    await glance-schema
    in_background placement step "Placement answers" placement_start b
    for cloud in "${nova_clouds[@]}"; do
        in_background "glance-$cloud" step "Glance of $(region_name "$cloud") answers" glance_start "$cloud"
        in_background "nova-$cloud" step "Nova of $(region_name "$cloud") answers" nova_api_start "$cloud"
    done
    await placement
    nova_cells_start
    for cloud in "${nova_clouds[@]}"; do await "glance-$cloud" && await "nova-$cloud"; done
    wait_until "both cells have their host" 90 "$log_dir/nova-scheduler.log" hosts_are_there
    make_zones
}

nova_daemons() {
    local cloud site
    for site in "${nova_cells[@]}"; do echo "nova-compute-$site nova-conductor-$site"; done
    for cloud in "${nova_clouds[@]}"; do echo "nova-api-$cloud glance-$cloud"; done
    echo nova-scheduler
}

nova_stop() {
    local cloud keystone name service
    for name in $(nova_daemons); do signal_daemon TERM "$name"; done
    for name in $(nova_daemons); do stop_daemon "$name"; done
    for cloud in "${nova_clouds[@]}"; do
        keystone=$(keystone_of "$cloud")
        keystone_token "$keystone"
        for name in nova glance; do
            service=$(identifier "$keystone" services "$name")
            [[ -z $service ]] || call DELETE "$(keystone_url "$keystone")/services/$service" >/dev/null
        done
        rm -rf "$(nova_dir "$cloud")" "$(glance_dir "$cloud")"
    done
    placement_stop b
}

# nova_command ACTION: lab nova start|stop
nova_command() {
    need_up
    case ${1:-} in
    start) nova_start ;;
    stop) nova_stop ;;
    *) fail "lab nova start|stop" ;;
    esac
    say "Nova: $1 done"
}
