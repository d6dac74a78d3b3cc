# shellcheck shell=bash
# Neutron of each site: ML2 with the Open vSwitch mechanism driver; one process family per site.

neutron_dir() { echo "$(site_dir "$1")/neutron"; }
neutron_database() { echo "neutron_$1"; }

# write_neutron_config SITE
write_neutron_config() {
    local site=$1 dir keystone
    keystone=$(keystone_of "$site")
    dir=$(neutron_dir "$site")
    mkdir -p "$dir/state" "$dir/lock"
    cat >"$dir/neutron.conf" <<EOF
[DEFAULT]
bind_host=127.0.0.1
bind_port=$(neutron_port "$site")
log_file=$log_dir/neutron-$site.log
state_path=$dir/state
core_plugin=ml2
service_plugins=router,segments
auth_strategy=keystone
api_paste_config=/etc/neutron/api-paste.ini
# No worker processes: memory counts more than throughput here.
api_workers=0
rpc_workers=0
rpc_state_report_workers=0
transport_url=$(bus_url "$site")
notify_nova_on_port_status_changes=false
notify_nova_on_port_data_changes=false
dhcp_agent_notification=false
global_physnet_mtu=$link_mtu
agent_down_time=45
[oslo_concurrency]
lock_path=$dir/lock
[oslo_policy]
policy_dirs=/etc/neutron/policy.d
[oslo_messaging_notifications]
driver=noop
[oslo_messaging_rabbit]
heartbeat_in_pthread=false
rabbit_ha_queues=false
[database]
connection=$(database_url "$(neutron_database "$site")")
[keystone_authtoken]
www_authenticate_uri=$(keystone_url "$keystone")
auth_url=$(keystone_url "$keystone")
auth_type=password
username=neutron
password=$(password neutron "$keystone")
project_name=service
user_domain_id=default
project_domain_id=default
region_name=$(region_name "$site")
service_token_roles_required=true
memcached_servers=127.0.0.1:$memcached_port
[quotas]
quota_network=-1
quota_subnet=-1
quota_port=-1
quota_router=-1
quota_security_group=-1
quota_security_group_rule=-1
EOF
    cat >"$dir/ml2.ini" <<EOF
[ml2]
type_drivers=flat,vlan,vxlan
tenant_network_types=vxlan
mechanism_drivers=openvswitch
extension_drivers=port_security
[ml2_type_flat]
flat_networks=$physical_network
[ml2_type_vlan]
network_vlan_ranges=$physical_network:${vlan_range/-/:}
[ml2_type_vxlan]
vni_ranges=1:1000
[securitygroup]
enable_security_group=true
EOF
}

# make_first_neutron_database: site a's schema by Neutron's own migrations (the slow way), and a dump of it.
make_first_neutron_database() {
    local dir database
    dir=$(neutron_dir a)
    database=$(neutron_database a)
    sql -e "drop database if exists $database; create database $database"
    neutron-db-manage --config-file "$dir/neutron.conf" --config-file "$dir/ml2.ini" upgrade heads \
        >"$log_dir/neutron-db-manage.out" 2>&1 || fail "Neutron's migrations failed; look at $log_dir/neutron-db-manage.out"
    mariadb-dump --no-defaults --socket="$database_socket" --skip-comments "$database" >"$state_dir/neutron-schema.sql"
}

# copy_neutron_database SITE: the schema of another site, cloned from the first.
copy_neutron_database() {
    local database
    database=$(neutron_database "$1")
    sql -e "drop database if exists $database; create database $database"
    sql "$database" <"$state_dir/neutron-schema.sql"
}

neutron_databases_up() {
    local site
    for site in "${sites[@]}"; do write_neutron_config "$site"; done
    once neutron-database-a step "Neutron a has its schema" make_first_neutron_database
    for site in "${sites[@]:1}"; do once "neutron-database-$site" copy_neutron_database "$site"; done
}

# neutron_start SITE: also if it was frozen.
neutron_start() {
    local dir
    dir=$(neutron_dir "$1")
    start_daemon "neutron-$1" neutron-server --config-file "$dir/neutron.conf" --config-file "$dir/ml2.ini"
    signal_daemon CONT "neutron-$1"
}

# neutron_wait SITE: until its API answers.
neutron_wait() { wait_until "Neutron $1 answers" 180 "$log_dir/neutron-$1.log" answers "$(neutron_url "$1")/"; }

# neutron_command ACTION SITE: lab neutron stop|start|freeze|thaw SITE
neutron_command() {
    local action=${1:-} site=${2:-}
    need_up
    need_site "$site"
    case $action in
    stop) stop_daemon "neutron-$site" ;;
    start)
        neutron_start "$site"
        neutron_wait "$site"
        ;;
    freeze) signal_daemon STOP "neutron-$site" ;;
    thaw) signal_daemon CONT "neutron-$site" ;;
    *) fail "lab neutron stop|start|freeze|thaw SITE" ;;
    esac
    say "Neutron $site: $action done"
}
