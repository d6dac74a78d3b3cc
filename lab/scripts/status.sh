# shellcheck shell=bash
# lab status: what runs, site by site; succeeds only if all of it is well.

# running_of NAME...: how many of these daemons run, of how many.
running_of() {
    local name count=0
    for name; do if daemon_runs "$name"; then count=$((count + 1)); fi; done
    echo "$count/$#"
}

# ssh_answers SITE: whether an SSH server greets within three seconds.
ssh_answers() {
    local greeting=
    # shellcheck disable=SC2188 # opens the connection as descriptor 3
    { read -r -t 3 greeting <&3; } 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$(ssh_port "$1")" || true
    [[ $greeting == SSH-2.0-* ]]
}

# neutron_state SITE: "answers" or what is wrong; agent_state likewise. Both need a token.
neutron_state() {
    local code
    code=$(curl --silent --max-time 5 --output /dev/null --write-out '%{http_code}' --header "X-Auth-Token: $(token_for "$(neutron_url "$1")/")" \
        "$(neutron_url "$1")/v2.0/networks?limit=1") || true
    case $code in 200) echo answers ;; 000) echo silent ;; *) echo "HTTP-$code" ;; esac
}

agent_state() {
    local alive
    alive=$(curl --silent --max-time 5 --header "X-Auth-Token: $(token_for "$(neutron_url "$1")/")" \
        "$(neutron_url "$1")/v2.0/agents?binary=neutron-openvswitch-agent" | jq -r '.agents[0].alive' 2>/dev/null) || true
    case $alive in true) echo alive ;; false) echo dead ;; *) echo unknown ;; esac
}

# site_status SITE: one row.
site_status() {
    local site=$1
    printf '%-6s %-9s %-9s %-6s %-6s %-8s %-10s %-8s\n' "$site" \
        "$(running_of "${frr_daemons[@]/#/gateway-$site-}")" "$(ssh_answers "$site" && echo answers || echo silent)" \
        "$(bfd_sessions "$site")" "$(evpn_sessions "$site")" \
        "$(running_of "site-$site-ovsdb" "site-$site-vswitchd")" "$(neutron_state "$site")" "$(agent_state "$site")"
}

# link_status LINK: one row.
link_status() {
    local state
    state=$("$wan_link_program" control "$(wan_socket "$1")" 2>/dev/null |
        jq -r 'if .az.down or .za.down then "down" else "up delay=\(.az.delay_ms)/\(.za.delay_ms)ms loss=\(.az.loss)/\(.za.loss)%" end') || true
    printf 'link %s %s\n' "$1" "${state:-does-not-answer}"
}

status() {
    local name site link keystone report parts vtysh_patience=5 keystone_words=() keystone_daemons=()
    [[ -s $state_dir/lab.json ]] || fail "the lab is not up"
    for keystone in "${keystones[@]}"; do
        keystone_daemons+=("$(keystone_daemon "$keystone")")
        if quietly keystone_token "$keystone"; then
            keystone_token "$keystone"
            keystone_words+=("keystone $keystone gives tokens")
        else
            keystone_words+=("keystone $keystone is silent")
        fi
    done
    parts=$(mktemp -d -p "$run_dir")
    for site in "${sites[@]}"; do in_background "status-$site" site_status "$site" >"$parts/site-$site"; done
    for link in $(link_names); do link_status "$link"; done >"$parts/links"
    await "${sites[@]/#/status-}"
    report=$(
        for name in mariadb rabbitmq memcached "${keystone_daemons[@]}"; do
            printf '%s %s\n' "$name" "$(daemon_runs "$name" && echo runs || echo dead)"
        done | paste -sd' '
        printf '%s\n' "${keystone_words[@]}"
        for name in $(nova_daemons); do
            [[ ! -e $run_dir/$name.pid ]] || printf '%s %s\n' "$name" "$(daemon_runs "$name" && echo runs || echo dead)"
        done | paste -sd' ' | sed '/^$/d'
        printf '%-6s %-9s %-9s %-6s %-6s %-8s %-10s %-8s\n' site frr ssh bfd evpn switch neutron agent
        cat "$parts"/site-*
        cat "$parts/links"
    )
    rm -r "$parts"
    echo "$report"
    # A count like 2/3 is complete only if both numbers are the same.
    if grep -Eqw 'dead|silent|unknown|down|does-not-answer|HTTP-[0-9]+' <<<"$report" ||
        grep -Eo '\b[0-9]+/[0-9]+( |$)' <<<"$report" | tr -d ' ' | awk -F/ '$1 != $2 { bad = 1 } END { exit !bad }'; then
        echo "NOT all is well; logs are in $log_dir"
        return 1
    fi
    echo "all is well"
}
