# shellcheck shell=bash
# lab up: builds what is missing and waits until all of it works.

# take_lock: so that two `up`s never work at once. The lock is on the state directory itself and ends with this process.
take_lock() {
    while true; do
        mkdir -p "$state_dir"
        exec {lock_fd}<"$state_dir"
        flock --wait 240 "$lock_fd" || fail "another 'lab up' has been at work for 4 minutes"
        # `down` may have removed the directory while we waited for it.
        if [[ $(stat -Lc %i "/proc/self/fd/$lock_fd") == "$(stat -c %i "$state_dir" 2>/dev/null)" ]]; then return 0; fi
        exec {lock_fd}<&-
    done
}

# end_interrupted_up: kills what a killed `up` left working: its helpers carry its process id, its daemons do not.
end_interrupted_up() {
    local file pid owner
    for file in $(grep -lszxF "$marker" /proc/[0-9]*/environ || true); do
        pid=${file//[^0-9]/}
        owner=$(grep -szm 1 '^ISTHMUS_LAB_UP=' "$file" | tr -d '\0') || continue
        if ! carries_marker "${owner#*=}"; then kill -KILL "$pid" 2>/dev/null || true; fi
    done
}

# ancestors: this process and those it descends from.
ancestors() {
    local pid=$$ line
    while ((pid > 0)); do
        printf '%s ' "$pid"
        line=$(cat "/proc/$pid/stat" 2>/dev/null) || return 0
        line=${line##*) }
        pid=$(cut -d' ' -f2 <<<"$line")
    done
}

need_root_and_packages() {
    ((EUID == 0)) || fail "the lab needs root: it makes network namespaces"
    ((${#state_dir} <= 60)) || fail "the path of the state directory is too long for unix sockets: $state_dir"
    [[ $state_dir == /* ]] || fail "ISTHMUS_LAB_DIR must be an absolute path: $state_dir"
    bash "$lab_home/scripts/install.sh" --check || fail "packages are missing: $lab_home/bin/lab install"
}

# port_owner PORT: the id of the process that listens there.
port_owner() { ss -Hltnp "sport = :$1" | grep -om 1 'pid=[0-9]*' | cut -d= -f2; }

# need_free_ports <PORTS: each port of a list as all_ports makes it is free or held by a process of ours (which is replaced if it is the orphan of a dead daemon).
need_free_ports() {
    local port name
    while read -r port name; do
        if port_listens "$port" && ! daemon_runs "$name" && ! carries_marker "$(port_owner "$port")"; then
            ss -Hltnp "sport = :$port" >&2
            fail "port $port (for $name) is taken by another program (see above)"
        fi
    done
}

# need_this_layout: a lab that an older version made has other sites' clouds; half of each would work with neither.
need_this_layout() {
    [[ ! -e $state_dir/done/keystone-content && ! -e $state_dir/done/keystone-database ]] ||
        fail "the lab in $state_dir was made by an older version: lab down, then lab up"
}

prepare_state() {
    mkdir -p "$log_dir" "$run_dir" "$state_dir/done" "$state_dir/vnf"
    mkdir -p -m 700 "$state_dir/keys"
    # Daemons of other users pass through and put their sockets and logs there.
    chmod 755 "$state_dir"
    chmod 1777 "$log_dir" "$run_dir"
    local site
    for site in "${sites[@]}"; do mkdir -p "$(gateway_dir "$site")" "$(site_dir "$site")"; done
    [[ -d /run/netns ]] || touch "$state_dir/made-run-netns"
    make_controller_key
    build_wan_link
}

# The gateways with their links, and the switches: everything that needs no OpenStack.
network_up() {
    local site link
    for site in "${sites[@]}"; do gateway_namespace_up "$site"; done
    for link in $(link_names); do link_up "$link"; done
    for site in "${sites[@]}"; do gateway_up "$site"; done
    write_known_hosts
    for site in "${sites[@]}"; do ovs_up "$site"; done
}

# openstack_site_up SITE: Neutron and then its agent, which would wait a minute for an answer if it came first.
openstack_site_up() {
    neutron_start "$1"
    neutron_wait "$1"
    agent_up "$1"
    if has_routers "$1"; then router_agent_up "$1"; fi
    agent_wait "$1"
    if has_routers "$1"; then router_agent_wait "$1"; fi
}

convergence_wait() {
    local site
    for site in "${sites[@]}"; do
        wait_until "the BFD and EVPN sessions of gateway $site stand" 60 "$log_dir/gateway-$site-bgpd.log" \
            gateway_has_converged "$site"
    done
}

up() {
    local site
    need_root_and_packages
    need_free_ports < <(all_ports)
    take_lock
    end_interrupted_up
    need_this_layout
    prepare_state

    in_background network step "gateways, links and switches run" network_up
    in_background rabbitmq step "RabbitMQ runs" rabbitmq_up
    step "MariaDB runs" mariadb_up
    in_background keystones step "both Keystones run" keystones_up
    in_background neutron-databases neutron_databases_up
    memcached_up
    await neutron-databases rabbitmq
    # They start while the Keystones are filled: a Neutron asks its Keystone only when somebody asks it.
    for site in "${sites[@]}"; do neutron_start "$site"; done
    await keystones network
    admin_token
    for site in "${sites[@]}"; do in_background "site-$site" step "site $site: Neutron answers, its agent is alive" openstack_site_up "$site"; done
    await "${sites[@]/#/site-}"
    step "all BFD and EVPN sessions stand" convergence_wait
    write_description
    say "the lab is up: $state_dir/lab.json"
}
