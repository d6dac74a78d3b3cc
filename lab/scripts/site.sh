# shellcheck shell=bash
# The inside of a datacenter: Open vSwitch with the userspace datapath and the site's Neutron agent, in one namespace.
#
#     VNF ─ tap ─ [br-int] ═ patch, VLANs of the site ═ [br-interdc] ─ access port per connection ─ gateway

ovs_dir() { echo "$(site_dir "$1")/ovs"; }
vsctl() {
    local site=$1
    shift
    ovs-vsctl --timeout=20 --db="unix:$(ovsdb_socket "$site")" "$@"
}

# ovs_up SITE
ovs_up() {
    local site=$1 namespace dir
    namespace=$(datacenter_namespace "$site")
    dir=$(ovs_dir "$site")
    mkdir -p "$dir"
    ensure_namespace "$namespace"
    [[ -s $dir/conf.db ]] || ovsdb-tool create "$dir/conf.db" /usr/share/openvswitch/vswitch.ovsschema
    start_daemon "site-$site-ovsdb" ip netns exec "$namespace" env OVS_RUNDIR="$dir" ovsdb-server "$dir/conf.db" \
        --remote="punix:$dir/db.sock" --unixctl="$dir/ovsdb-server.ctl" --log-file="$log_dir/site-$site-ovsdb.log"
    wait_until "Open vSwitch database $site answers" 20 "$log_dir/site-$site-ovsdb.out" \
        ovs-vsctl --timeout=2 --db="unix:$dir/db.sock" --no-wait show
    vsctl "$site" --no-wait init -- set Open_vSwitch . system-type=isthmus-lab \
        external_ids:hostname="$(agent_host "$site")" external_ids:system-id="$(agent_host "$site")"
    start_daemon "site-$site-vswitchd" ip netns exec "$namespace" env OVS_RUNDIR="$dir" ovs-vswitchd "unix:$dir/db.sock" \
        --unixctl="$dir/vswitchd.ctl" --log-file="$log_dir/site-$site-vswitchd.log" --pidfile="$dir/vswitchd.pid"
    vsctl "$site" --may-exist add-br br-int -- set Bridge br-int datapath_type=netdev fail_mode=secure \
        -- --may-exist add-br br-interdc -- set Bridge br-interdc datapath_type=netdev
}

write_agent_config() {
    local site=$1 dir
    dir=$(site_dir "$site")/agent
    mkdir -p "$dir/state" "$dir/lock"
    cat >"$dir/agent.conf" <<EOF
[DEFAULT]
host=$(agent_host "$site")
log_file=$log_dir/agent-$site.log
state_path=$dir/state
transport_url=$(bus_url "$site")
[oslo_concurrency]
lock_path=$dir/lock
[oslo_messaging_rabbit]
heartbeat_in_pthread=false
[ovs]
datapath_type=netdev
bridge_mappings=$physical_network:br-interdc
ovsdb_connection=unix:$(ovsdb_socket "$site")
local_ip=127.0.0.1
of_listen_address=127.0.0.1
[agent]
tunnel_types=vxlan
report_interval=10
polling_interval=1
root_helper=
root_helper_daemon=
[privsep]
user=root
helper_command=/usr/bin/privsep-helper --config-file $dir/agent.conf
[securitygroup]
firewall_driver=noop
EOF
}

# agent_up SITE: the Neutron agent, unmodified. It finds the message bus on the loopback of its own namespace.
agent_up() {
    local site=$1 namespace
    namespace=$(datacenter_namespace "$site")
    write_agent_config "$site"
    start_daemon "site-$site-bus" /usr/bin/python3 "$lab_home/scripts/forward_port.py" "$namespace" "$rabbitmq_port"
    start_daemon "site-$site-agent" ip netns exec "$namespace" env OVS_RUNDIR="$(ovs_dir "$site")" \
        neutron-openvswitch-agent --config-file "$(site_dir "$site")/agent/agent.conf"
}

# has_routers SITE: whether it has an agent for routers.
has_routers() { [[ " ${router_sites[*]} " == *" $1 "* ]]; }

write_router_agent_config() {
    local site=$1 dir
    dir=$(site_dir "$site")/router-agent
    mkdir -p "$dir/state" "$dir/lock"
    cat >"$dir/agent.conf" <<EOF
[DEFAULT]
host=$(agent_host "$site")
log_file=$log_dir/router-agent-$site.log
state_path=$dir/state
transport_url=$(bus_url "$site")
interface_driver=openvswitch
agent_mode=legacy
enable_metadata_proxy=false
ovs_use_veth=false
[oslo_concurrency]
lock_path=$dir/lock
[oslo_messaging_rabbit]
heartbeat_in_pthread=false
[ovs]
ovsdb_connection=unix:$(ovsdb_socket "$site")
[agent]
report_interval=10
root_helper=
root_helper_daemon=
[privsep]
user=root
helper_command=/usr/bin/privsep-helper --config-file $dir/agent.conf
EOF
}

# router_agent_up SITE: Neutron's agent for routers, unmodified. Each router is a namespace of its own, and these are private to
# the agent: /run/netns is a directory of its own in its mount namespace, so that they end with it.
router_agent_up() {
    local site=$1
    write_router_agent_config "$site"
    # shellcheck disable=SC2016 # expanded by the inner shell
    start_daemon "site-$site-router-agent" ip netns exec "$(datacenter_namespace "$site")" unshare --mount \
        env OVS_RUNDIR="$(ovs_dir "$site")" sh -c 'mount -t tmpfs tmpfs /run/netns && exec neutron-l3-agent --config-file "$1"' \
        sh "$(site_dir "$site")/router-agent/agent.conf"
}

# router_agent_wait SITE
router_agent_wait() {
    wait_until "the agent for routers of site $1 is alive" 120 "$log_dir/router-agent-$1.log" \
        quietly agent_is_alive "$1" neutron-l3-agent
}

# agent_is_alive SITE [BINARY]: whether Neutron says so.
agent_is_alive() {
    call GET "$(neutron_url "$1")/v2.0/agents?binary=${2:-neutron-openvswitch-agent}" | jq -e '.agents[0].alive' >/dev/null
}

# agent_wait SITE
agent_wait() {
    wait_until "the agent of site $1 is alive" 120 "$log_dir/agent-$1.log" quietly agent_is_alive "$1"
}

# quietly COMMAND...: in a shell of its own, so that a failure ends only that.
quietly() { ("$@") >/dev/null 2>&1; }
