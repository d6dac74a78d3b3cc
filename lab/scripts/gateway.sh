# shellcheck shell=bash
# The gateways: each an FRR router in its own namespace, which a controller reaches by SSH as it would a real one.

frr_dir() { echo "$(gateway_dir "$1")/frr"; }
frr_daemons=(zebra staticd bfdd bgpd)

# frr_config SITE: the standing configuration. Below it: an eBGP underlay on the links with BFD, and a full mesh of EVPN
# sessions between the loopbacks. Connections add nothing but VNIs.
frr_config() {
    local site=$1 other link neighbour
    cat <<EOF
frr version 8.4.4
frr defaults datacenter
ip forwarding
! What the gateway itself sends over the WAN comes from its loopback.
ip prefix-list LOOPBACKS seq 5 permit 10.255.0.0/16 le 32
route-map FROM-LOOPBACK permit 10
 match ip address prefix-list LOOPBACKS
 set src $(tunnel_address "$site")
exit
route-map FROM-LOOPBACK permit 20
exit
ip protocol bgp route-map FROM-LOOPBACK
bfd
 profile underlay
  detect-multiplier 3
  receive-interval 100
  transmit-interval 100
 exit
exit
! A gateway announces only its own EVPN routes: every other hears the rest from their origin.
bgp as-path access-list OWN seq 5 permit ^\$
route-map ONLY-OWN permit 10
 match as-path OWN
exit
EOF
    # The standing policy for paths: a route that is marked ME:1:NEIGHBOUR is preferred from that neighbour.
    while read -r link neighbour; do
        cat <<EOF
bgp large-community-list standard VIA-$(as_number "$neighbour") seq 5 permit $(as_number "$site"):1:$(as_number "$neighbour")
route-map VIA-$(as_number "$neighbour") permit 10
 match large-community VIA-$(as_number "$neighbour")
 set local-preference 200
exit
route-map VIA-$(as_number "$neighbour") permit 20
exit
EOF
    done < <(neighbour_links "$site")
    cat <<EOF
router bgp $(as_number "$site")
 bgp router-id $(tunnel_address "$site")
 no bgp default ipv4-unicast
 no bgp ebgp-requires-policy
 bgp bestpath as-path multipath-relax
 coalesce-time 10
 timers bgp 3 9
EOF
    while read -r link neighbour; do
        cat <<EOF
 neighbor $(link_address "$link" "$neighbour") remote-as $(as_number "$neighbour")
 neighbor $(link_address "$link" "$neighbour") description link to $neighbour
 neighbor $(link_address "$link" "$neighbour") advertisement-interval 0
 neighbor $(link_address "$link" "$neighbour") timers connect 1
 neighbor $(link_address "$link" "$neighbour") bfd profile underlay
EOF
    done < <(neighbour_links "$site")
    # disable-connected-check: without it FRR 8.4 sometimes holds EVPN paths invalid for ever after a partition.
    for other in "${sites[@]}"; do
        [[ $other != "$site" ]] || continue
        cat <<EOF
 neighbor $(tunnel_address "$other") remote-as $(as_number "$other")
 neighbor $(tunnel_address "$other") description evpn with $other
 neighbor $(tunnel_address "$other") ebgp-multihop 8
 neighbor $(tunnel_address "$other") disable-connected-check
 neighbor $(tunnel_address "$other") update-source $(tunnel_address "$site")
 neighbor $(tunnel_address "$other") advertisement-interval 0
 neighbor $(tunnel_address "$other") timers 10 30
 neighbor $(tunnel_address "$other") timers connect 1
EOF
    done
    echo " address-family ipv4 unicast"
    echo "  network $(tunnel_address "$site")/32"
    while read -r link neighbour; do
        echo "  neighbor $(link_address "$link" "$neighbour") activate"
        echo "  neighbor $(link_address "$link" "$neighbour") route-map VIA-$(as_number "$neighbour") in"
    done < <(neighbour_links "$site")
    echo " exit-address-family"
    echo " address-family l2vpn evpn"
    for other in "${sites[@]}"; do
        [[ $other != "$site" ]] || continue
        echo "  neighbor $(tunnel_address "$other") activate"
        echo "  neighbor $(tunnel_address "$other") route-map ONLY-OWN out"
    done
    echo "  advertise-all-vni"
    echo " exit-address-family"
    echo "exit"
}

# vtysh_in SITE ARGUMENT...: FRR's shell of that gateway.
vtysh_in() {
    local dir
    dir=$(frr_dir "$1")
    shift
    # HOME: vtysh writes a history file there.
    HOME=$dir timeout "${vtysh_patience:-20}" vtysh --vty_socket "$dir" --config_dir "$dir" "$@"
}

# gateway_namespace_up SITE: the namespace with its loopback address, forwarding on.
gateway_namespace_up() {
    local namespace
    namespace=$(gateway_namespace "$1")
    ensure_namespace "$namespace"
    ip -n "$namespace" address replace "$(tunnel_address "$1")/32" dev lo
    ip netns exec "$namespace" sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0 \
        net.ipv4.conf.default.rp_filter=0 net.ipv4.fib_multipath_hash_policy=1
}

# frr_up SITE: the four daemons; unless all of them have it, the configuration is loaded (again; that changes nothing).
frr_up() {
    local site=$1 dir daemon configured
    dir=$(frr_dir "$site")
    configured=$(gateway_dir "$site")/configured
    # The other daemons do not fully recover from the loss of zebra.
    if ! daemon_runs "gateway-$site-zebra"; then
        for daemon in "${frr_daemons[@]}"; do stop_daemon "gateway-$site-$daemon"; done
    fi
    mkdir -p "$dir"
    : >>"$dir/vtysh.conf"
    chown frr:frr "$dir"
    for daemon in "${frr_daemons[@]}"; do
        if daemon_runs "gateway-$site-$daemon"; then continue; fi
        rm -f "$configured"
        echo "hostname gw-$site" >"$dir/$daemon.conf"
        : >>"$log_dir/gateway-$site-$daemon.log"
        chown frr:frr "$dir/$daemon.conf" "$log_dir/gateway-$site-$daemon.log"
        local daemon_command=("/usr/lib/frr/$daemon" -u frr -g frr -f "$dir/$daemon.conf" -i "$dir/$daemon.pid"
            -z "$dir/zserv.api" --vty_socket "$dir" -A 127.0.0.1 --log "file:$log_dir/gateway-$site-$daemon.log")
        # Real-time for BFD as for the links; the other daemons have seconds to answer.
        if [[ $daemon == bfdd ]]; then daemon_command=(chrt --fifo 20 "${daemon_command[@]}" --bfdctl "$dir/bfdd.sock"); fi
        start_daemon "gateway-$site-$daemon" ip netns exec "$(gateway_namespace "$site")" "${daemon_command[@]}"
        wait_until "$daemon of gateway $site runs" 20 "$log_dir/gateway-$site-$daemon.out" \
            vtysh_in "$site" -d "$daemon" -c "show version"
    done
    if [[ ! -e $configured ]]; then
        frr_config "$site" >"$(gateway_dir "$site")/frr.conf"
        vtysh_in "$site" -f "$(gateway_dir "$site")/frr.conf" >"$log_dir/gateway-$site-frr-config.out" 2>&1 ||
            fail "gateway $site refused its configuration; look at $log_dir/gateway-$site-frr-config.out"
        touch "$configured"
    fi
}

# make_controller_key: the key pair with which a controller logs in to every gateway of this lab.
make_controller_key() {
    if [[ -s $state_dir/keys/controller.pub ]]; then return 0; fi
    rm -f "$state_dir/keys/controller"
    ssh-keygen -q -t ed25519 -N '' -C isthmus-lab -f "$state_dir/keys/controller"
}

# The home of SSH sessions is the gateway's directory, so that no file in root's home has an effect on them.
write_sshd_config() {
    local site=$1 dir locked
    dir=$(gateway_dir "$site")
    # sshd without PAM refuses an account whose password is locked with "!".
    locked=$(getent shadow root | cut -d: -f2)
    cat >"$dir/sshd_config" <<EOF
HostKey $dir/host_key
AuthorizedKeysFile $state_dir/keys/controller.pub
AuthenticationMethods publickey
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
StrictModes no
UsePAM $([[ $locked == '!'* ]] && echo yes || echo no)
UseDNS no
PrintMotd no
PrintLastLog no
PermitUserRC no
X11Forwarding no
AllowTcpForwarding no
MaxSessions 200
MaxStartups 500:30:1000
ClientAliveInterval 30
LogLevel INFO
PidFile none
SetEnv $marker HOME=$dir/home PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8
EOF
}

# ssh_up SITE: a listener on the root namespace's loopback that hands each TCP connection, as it is, to an sshd of its own
# in the gateway's namespace: no byte is copied on the way. Not by `ip netns exec`: that would give each connection mounts of
# its own, and a namespace that one session makes would not exist for the next.
ssh_up() {
    local site=$1 dir port
    dir=$(gateway_dir "$site")
    port=$(ssh_port "$site")
    mkdir -p "$dir/home"
    if [[ ! -d /run/sshd ]]; then
        mkdir -p /run/sshd
        touch "$state_dir/made-run-sshd"
    fi
    [[ -s $dir/host_key ]] || ssh-keygen -q -t ed25519 -N '' -C "gw-$site" -f "$dir/host_key"
    write_sshd_config "$site"
    start_daemon "gateway-$site-ssh" socat \
        "TCP-LISTEN:$port,bind=127.0.0.1,reuseaddr,nodelay,fork,backlog=200" \
        "EXEC:nsenter --net=/run/netns/$(gateway_namespace "$site") -- /usr/sbin/sshd -i -e -f $dir/sshd_config,nofork"
    signal_ssh CONT "$site"
    wait_until "gateway $site accepts SSH" 20 "$log_dir/gateway-$site-ssh.out" port_listens "$port"
}

gateway_up() {
    frr_up "$1"
    ssh_up "$1"
}

# gateway_ssh SITE [COMMAND...]: as a controller would.
gateway_ssh() {
    local site=$1
    shift
    ssh -F /dev/null -i "$state_dir/keys/controller" -p "$(ssh_port "$site")" -o BatchMode=yes -o IdentitiesOnly=yes \
        -o ConnectTimeout=10 -o UserKnownHostsFile="$state_dir/keys/known_hosts" -o GlobalKnownHostsFile=/dev/null \
        -o LogLevel=ERROR root@127.0.0.1 "$@"
}

write_known_hosts() {
    local site
    for site in "${sites[@]}"; do
        echo "[127.0.0.1]:$(ssh_port "$site") $(cut -d' ' -f1,2 "$(gateway_dir "$site")/host_key.pub")"
    done >"$state_dir/keys/known_hosts"
}

# evpn_sessions SITE: how many of its sessions with the other gateways stand, of how many.
evpn_sessions() {
    local standing
    standing=$(vtysh_in "$1" -c 'show bgp l2vpn evpn summary json' 2>/dev/null |
        jq '[.peers // {} | .[] | select(.state == "Established")] | length' 2>/dev/null) || standing=0
    echo "${standing:-0}/$((${#sites[@]} - 1))"
}

# bfd_sessions SITE: on how many of its links BFD sees the neighbour, of how many.
bfd_sessions() {
    local up
    up=$(vtysh_in "$1" -c 'show bfd peers json' 2>/dev/null |
        jq '[.[] | select(.status == "up")] | length' 2>/dev/null) || up=0
    echo "${up:-0}/$(neighbour_links "$1" | wc -l)"
}

# gateway_has_converged SITE: whether all its sessions stand.
gateway_has_converged() {
    local sessions
    for sessions in "$(bfd_sessions "$1")" "$(evpn_sessions "$1")"; do
        [[ ${sessions%/*} == "${sessions#*/}" ]] || return 1
    done
}

# gateway_command ACTION SITE [COMMAND...]: lab gateway freeze|thaw|ssh
gateway_command() {
    local action=${1:-} site=${2:-}
    need_up
    need_site "$site"
    shift 2
    case $action in
    # The listener and all its sessions stop: the kernel still accepts connections and FRR still forwards, but nobody answers.
    freeze) signal_ssh STOP "$site" ;;
    thaw) signal_ssh CONT "$site" ;;
    ssh)
        gateway_ssh "$site" "$@"
        return
        ;;
    *) fail "lab gateway freeze|thaw SITE, lab gateway ssh SITE COMMAND..." ;;
    esac
    say "gateway $site: $action done"
}

# signal_ssh SIGNAL SITE: sends the signal to the listener and to the gateway's SSH servers, but not to what they run.
signal_ssh() {
    local pid
    signal_daemon "$1" "gateway-$2-ssh"
    for pid in $(ip netns pids "$(gateway_namespace "$2")"); do
        if [[ $(cat "/proc/$pid/comm" 2>/dev/null) == sshd ]]; then kill "-$1" "$pid" 2>/dev/null || true; fi
    done
}
